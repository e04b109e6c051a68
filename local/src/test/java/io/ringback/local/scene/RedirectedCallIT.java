package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.PhoneEvent;
import io.ringback.testkit.sipp.Sipp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp, as the trunk, calls; the application sends the call on to another phone and has no part in it (telephony §5). */
class RedirectedCallIT {
    private static final String REDIRECTED = "+493012345611";
    private static final String REDIRECTED_TO_BUSY = "+493012345612";
    private static final String ANSWERING_PHONE = "+15555550100";
    private static final String BUSY_PHONE = "+15555550110";

    @TempDir
    private static Path folder;

    private static Switchboard switchboard;
    private static DocumentedClient api;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        switchboard = new Switchboard(folder, List.of(REDIRECTED, REDIRECTED_TO_BUSY));
        api = switchboard.api();
    }

    @AfterAll
    static void stop() {
        if (switchboard != null) {
            switchboard.close();
        }
    }

    @Test
    void theCallerIsAnsweredByThePhoneAlone() throws Exception {
        Caller caller = switchboard.calls("caller-hangs-up", REDIRECTED);
        JsonNode incoming = switchboard.incoming(REDIRECTED);

        api.call("RedirectCall", Map.of(), redirection(incoming, ANSWERING_PHONE));

        switchboard.ofCall("CallParticipantAdded", incoming);
        Map<String, String> path =
                Map.of("serverCallId", incoming.path("serverCallId").asText());
        await().untilAsserted(() -> assertThat(api.call("ListParticipantsOutOfCall", path))
                .hasSize(2)
                .allMatch(participant -> participant.path("state").asText().equals("connected")));
        assertThat(summary(incoming).path("callConnectionIds")).isEmpty();
        CallTrace phone = switchboard.phone(ANSWERING_PHONE);

        caller.cueAfter("ACK sip:");
        caller.awaitSatisfied();
        assertThat(switchboard.endReason(incoming)).isEqualTo("hungUpByParticipant");
        await().until(() -> phone.first(PhoneEvent.Kind.BYE_RECEIVED).isPresent());
    }

    @Test
    void theCallerIsToldThatThePhoneIsBusy() throws Exception {
        Caller caller = switchboard.callsAndIsRefused(486, REDIRECTED_TO_BUSY);
        JsonNode incoming = switchboard.incoming(REDIRECTED_TO_BUSY);

        api.call("RedirectCall", Map.of(), redirection(incoming, BUSY_PHONE));

        caller.awaitSatisfied();
        assertThat(switchboard.endReason(incoming)).isEqualTo("busy");
        assertThat(summary(incoming).path("callConnectionIds")).isEmpty();
    }

    private static Map<String, Object> redirection(JsonNode incoming, String number) {
        return Map.of(
                "incomingCallContext",
                incoming.path("incomingCallContext").asText(),
                "target",
                Map.of("phoneNumber", Map.of("value", number)));
    }

    private static JsonNode summary(JsonNode incoming) throws Exception {
        for (JsonNode call : api.call("ListCalls", Map.of()).path("calls")) {
            if (call.path("serverCallId").equals(incoming.path("serverCallId"))) {
                return call;
            }
        }
        throw new AssertionError("no such call is listed: " + incoming);
    }
}
