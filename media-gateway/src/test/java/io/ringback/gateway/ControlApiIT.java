package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.gateway.guard.FailedLogins;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who reaches the control API of a whole gateway, and what it tells. */
class ControlApiIT extends OnePhone {
    @Test
    void theControlApiKnowsItsCallersItsEpochAndItsNumbers() throws Exception {
        CommandEnvelope order = new CommandEnvelope(CALL, gateway.life(), 1, dial());
        assertThat(gateway.send("PUT", GatewayProtocol.path(order), GatewayProtocol.encode(order), "wrong")
                        .statusCode())
                .isEqualTo(401);
        CommandEnvelope elsewhere = new CommandEnvelope(CALL, new GatewayRef(LiveGateway.ID, "another"), 1, dial());
        HttpResponse<String> mismatch = gateway.send(elsewhere);
        assertThat(mismatch.statusCode()).isEqualTo(409);
        assertThat(mismatch.body()).contains("epochMismatch");
        assertThat(gateway.send(
                                "PUT",
                                "/calls/" + CALL + "/legs/other",
                                GatewayProtocol.encode(order),
                                LiveGateway.TOKEN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.send("PUT", GatewayProtocol.path(order), "{", LiveGateway.TOKEN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.send("PUT", GatewayProtocol.path(order), "x".repeat(100_000), LiveGateway.TOKEN)
                        .statusCode())
                .isEqualTo(413);
        assertThat(gateway.send(order).body()).contains("accepted");
        assertThat(gateway.send(order).body()).contains("alreadyApplied");
        await(LegConnected.class);
        HttpResponse<String> events = gateway.get("/calls/" + CALL + "/events?after=1", LiveGateway.TOKEN);
        assertThat(GatewayProtocol.decodeEvents(events.body()))
                .isNotEmpty()
                .isEqualTo(world.reports().subList(1, world.reports().size()));
        assertThat(gateway.get("/calls/" + CALL, LiveGateway.TOKEN).body()).contains("connected");
        assertThat(gateway.get("/calls/unknown", LiveGateway.TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(gateway.get("/health", LiveGateway.TOKEN).body())
                .contains(gateway.life().epoch(), "\"legs\":1", "\"ready\":true");
        assertThat(gateway.get("/gauges", LiveGateway.TOKEN).body())
                .contains("\"legs\":1,", "\"dialogs\":1,", "\"rtpPorts\":2,", "\"journalDialogs\":1,");
        assertThat(gateway.get("/gauges", "wrong").statusCode()).isEqualTo(401);
        assertThat(world.find(LiveGateway.ID)).isPresent();
    }

    /** The names of docs/operations.md, which soak and chaos tests read. */
    @Test
    void whatIsHeldIsToldAndGivenBack() throws Exception {
        assertThat(gateway.gauges())
                .containsKeys("threads", "openFiles", "heapBytes", "heapAfterGcBytes", "journalBytes", "callTimers")
                .containsKeys("clientTransactions", "serverTransactions", "stackDialogs", "cycles", "eventsWaiting");
        connect();
        assertThat(gateway.gauges()).containsEntry("calls", 1L).containsEntry("rtpPorts", 2L);
        put(new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        await(LegEnded.class);
        Awaitility.await()
                .untilAsserted(() -> assertThat(gateway.gauges())
                        .containsEntry("legs", 0L)
                        .containsEntry("rtpPorts", 0L)
                        .containsEntry("journalDialogs", 0L)
                        .containsEntry("eventsWaiting", 0L));
    }

    @Test
    void wrongTokensAreCountedAndSoonSentAwayAndTheRightOneStaysGood() throws Exception {
        for (int i = 0; i < FailedLogins.MOST; i++) {
            assertThat(gateway.get("/health", "wrong").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> sentAway = gateway.get("/calls/some", "wrong");
        assertThat(sentAway.statusCode()).isEqualTo(429);
        assertThat(sentAway.headers().firstValue("Retry-After")).contains("60");
        assertThat(sentAway.headers().firstValue("Connection")).contains("close");

        HttpResponse<String> served = gateway.get("/gauges", LiveGateway.TOKEN);
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body()).contains("\"wrongTokens\":11", "\"refusedTokens\":1,");
    }
}
