package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.testkit.sipp.Sipp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SIPp, as the trunk, calls numbers about whose calls an application decides (telephony §5). Each case has a number of
 * its own, by which its events are known.
 */
class IncomingCallIT {
    private static final String ANSWERED = "+493012345601";
    private static final String HANGS_UP = "+493012345602";
    private static final String GIVES_UP = "+493012345603";
    private static final String REJECTED = "+49301234561";
    private static final String NOBODYS = "+493012345699";

    @TempDir
    private static Path folder;

    private static Switchboard switchboard;
    private static DocumentedClient api;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        switchboard = new Switchboard(
                folder, List.of(ANSWERED, HANGS_UP, GIVES_UP, REJECTED + "480", REJECTED + "486", REJECTED + "403"));
        api = switchboard.api();
    }

    @AfterAll
    static void stop() {
        if (switchboard != null) {
            switchboard.close();
        }
    }

    @Test
    void theApplicationAnswersOnceAndHangsUp() throws Exception {
        Caller caller = switchboard.calls("caller-is-hung-up", ANSWERED);
        JsonNode incoming = switchboard.incoming(ANSWERED);
        assertThat(incoming.at("/from/phoneNumber/value").asText()).isEqualTo(Caller.NUMBER);
        assertThat(incoming.path("callerDisplayName").asText()).isEqualTo(Caller.NAME);

        JsonNode answered = api.call("AnswerCall", Map.of(), answer(incoming));
        String connection = answered.path("callConnectionId").asText();

        assertThat(answered.path("serverCallId")).isEqualTo(incoming.path("serverCallId"));
        assertThat(switchboard
                        .state(connection, "established")
                        .path("operationContext")
                        .asText())
                .isEqualTo("the first answer");
        api.refused("AnswerCall", 409, Map.of(), answer(incoming));
        api.refused("RejectCall", 409, Map.of(), decision(incoming));

        api.call("HangUpCall", Map.of("callConnectionId", connection));
        caller.awaitSatisfied();
        assertThat(switchboard
                        .state(connection, "terminated")
                        .at("/resultInfo/reason")
                        .asText())
                .isEqualTo("hungUpByApplication");
        assertThat(switchboard.endReason(incoming)).isEqualTo("hungUpByApplication");
    }

    @Test
    void theCallerHangsUp() throws Exception {
        Caller caller = switchboard.calls("caller-hangs-up", HANGS_UP);
        JsonNode incoming = switchboard.incoming(HANGS_UP);
        String connection = api.call("AnswerCall", Map.of(), answer(incoming))
                .path("callConnectionId")
                .asText();
        switchboard.state(connection, "established");

        caller.cueAfter("ACK sip:");

        caller.awaitSatisfied();
        assertThat(switchboard
                        .state(connection, "terminated")
                        .at("/resultInfo/reason")
                        .asText())
                .isEqualTo("hungUpByParticipant");
        assertThat(switchboard.endReason(incoming)).isEqualTo("hungUpByParticipant");
    }

    @ParameterizedTest
    @CsvSource({"none, 480, noAnswer", "busy, 486, busy", "forbidden, 403, declined"})
    void theApplicationRejects(String reason, int status, String endReason) throws Exception {
        Caller caller = switchboard.callsAndIsRefused(status, REJECTED + status);
        JsonNode incoming = switchboard.incoming(REJECTED + status);

        api.call(
                "RejectCall",
                Map.of(),
                Map.of(
                        "incomingCallContext",
                        incoming.path("incomingCallContext").asText(),
                        "callRejectReason",
                        reason));

        caller.awaitSatisfied();
        assertThat(switchboard.endReason(incoming)).isEqualTo(endReason);
    }

    @Test
    void aCallerWhoGaveUpCannotBeAnswered() throws Exception {
        Caller caller = switchboard.calls("caller-gives-up", GIVES_UP);
        JsonNode incoming = switchboard.incoming(GIVES_UP);

        caller.cueAfter("SIP/2.0 180");

        caller.awaitSatisfied();
        assertThat(switchboard.endReason(incoming)).isEqualTo("cancelled");
        assertThat(api.refused("AnswerCall", 400, Map.of(), answer(incoming))
                        .path("code")
                        .asText())
                .isEqualTo("8501");
    }

    @Test
    void aNumberThatIsNobodysIsNotFound() throws Exception {
        switchboard.callsAndIsRefused(404, NOBODYS).awaitSatisfied();
    }

    private static Map<String, Object> answer(JsonNode incoming) {
        return Map.of(
                "incomingCallContext",
                incoming.path("incomingCallContext").asText(),
                "callbackUri",
                switchboard.callbackUri(),
                "operationContext",
                "the first answer");
    }

    private static Map<String, Object> decision(JsonNode incoming) {
        return Map.of(
                "incomingCallContext", incoming.path("incomingCallContext").asText());
    }
}
