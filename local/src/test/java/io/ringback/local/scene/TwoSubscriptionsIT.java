package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.scene.EventGridReceiver.Delivery;
import io.ringback.testkit.sipp.Sipp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications are told of the same call, one of them in the Event Grid envelope: the first decision counts. */
class TwoSubscriptionsIT {
    private static final String NUMBER = "+493012345620";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private EventGridReceiver grid;
    private Switchboard switchboard;
    private DocumentedClient api;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        grid = new EventGridReceiver();
        switchboard = new Switchboard(folder, List.of(NUMBER));
        api = switchboard.api();
        api.call(
                "CreateEventSubscription",
                Map.of(),
                Map.of("endpoint", grid.uri().toString(), "to", List.of(NUMBER), "schema", "eventGrid"));
    }

    @AfterEach
    void end() {
        if (switchboard != null) {
            switchboard.close();
        }
        if (grid != null) {
            grid.close();
        }
    }

    @Test
    void theFirstDecisionCountsAndTheOtherIsRefused() throws Exception {
        Caller caller = switchboard.calls("caller-is-hung-up", NUMBER);
        JsonNode incoming = switchboard.incoming(NUMBER);
        JsonNode gridIncoming = inGrid("IncomingCall");
        assertThat(gridIncoming.path("serverCallId")).isEqualTo(incoming.path("serverCallId"));
        String context = incoming.path("incomingCallContext").asText();
        String gridContext = gridIncoming.path("incomingCallContext").asText();
        assertThat(gridContext).isNotEqualTo(context);

        String connection = api.call("AnswerCall", Map.of(), answer(gridContext))
                .path("callConnectionId")
                .asText();
        api.refused("AnswerCall", 409, Map.of(), answer(context));
        api.refused("RejectCall", 409, Map.of(), Map.of("incomingCallContext", context));

        switchboard.state(connection, "established");
        api.call("HangUpCall", Map.of("callConnectionId", connection));
        caller.awaitSatisfied();
        assertThat(switchboard.endReason(incoming)).isEqualTo("hungUpByApplication");
        assertThat(inGrid("CallEnded").path("serverCallId")).isEqualTo(incoming.path("serverCallId"));
        for (Delivery delivery : grid.deliveries()) {
            assertThat(api.document().ofEvent(delivery.contentType(), delivery.body()))
                    .isEmpty();
        }
    }

    private Map<String, Object> answer(String context) {
        return Map.of("incomingCallContext", context, "callbackUri", switchboard.callbackUri());
    }

    /** The data of the event of this type, once it is there. */
    private JsonNode inGrid(String type) throws IOException {
        await(type).atMost(PATIENCE).until(() -> gridData(type).isPresent());
        return gridData(type).orElseThrow();
    }

    private Optional<JsonNode> gridData(String type) throws IOException {
        for (Delivery delivery : grid.deliveries()) {
            if (delivery.event().path("eventType").asText().equals("Microsoft.Communication." + type)) {
                return Optional.of(delivery.event().path("data"));
            }
        }
        return Optional.empty();
    }
}
