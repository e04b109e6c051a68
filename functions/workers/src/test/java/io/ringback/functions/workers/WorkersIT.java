package io.ringback.functions.workers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.port.StreamRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** The functions through their own constructors and handlers, over DynamoDB Local and ElasticMQ: calls, queues, log. */
class WorkersIT extends LiveWorkers {
    @Test
    void aWholeCallGoesThroughTheQueues() throws IOException {
        ServerCall call = call(create(processor));
        source("MEDIA_COMMANDS", MediaWorkerFunction::new).pump();
        assertThat(gateway.commands()).singleElement().isInstanceOf(MediaCommand.DialLeg.class);

        String participant = call.participants().get(0).participantId();
        report(call, 1, new MediaEvent.LegConnected(participant));
        report(call, 2, new MediaEvent.LegEnded(participant, EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        source("MEDIA_EVENTS", MediaEventsFunction::new).pump();
        assertThat(call(call.serverCallId()).state()).isEqualTo(CallState.TERMINATED);

        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        await().atMost(Duration.ofSeconds(10)).until(() -> callbacks.pump() == 0 && states().size() == 4);
        assertThat(states()).containsExactly("establishing", "established", "terminating", "terminated");
        assertThat(callbacks.receive()).isEmpty();
    }

    @Test
    void noNumberSecretOrQueryIsLogged() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            app.answer(new MockResponse.Builder()
                    .code(503)
                    .body("+15555550100 at https://ann:pw@app.example/?key=1")
                    .build());
            app.answer(410);
            gateway.answerAlways(400);
            create(processor);
            source("MEDIA_COMMANDS", MediaWorkerFunction::new).pump();
            EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                callbacks.pump();
                return app.received().size() >= 2;
            });
            settings.put("RINGBACK_TABLE", "+15555550100-is-no-table");
            pokes.poke(List.of(new StreamRef("another-call-0000001", callbackTarget())));
            source("CALLBACKS", DeliverCallbackFunction::new).pump();
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(UTF_8))
                .contains("status 503")
                .contains("status 410")
                .contains("the media gateway refused it: 400")
                .contains("+155***00")
                .contains("The turn of ")
                .doesNotContain("15555550100")
                .doesNotContain("15555550199")
                .doesNotContain("key=1")
                .doesNotContain("ann:pw")
                .doesNotContain(FakeGateway.TOKEN)
                .doesNotContain("a2V5")
                .doesNotContain(LiveSecrets.OLD);
    }

    @Test
    void twoEventsASecondApartAreBothDeliveredSoonWithoutTheSweeper() throws IOException {
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        EventSource reports = source("MEDIA_EVENTS", MediaEventsFunction::new);
        ServerCall call = call(create(processor));
        callbacks.pump();
        assertThat(states()).containsExactly("establishing");

        // An equal poke a second later would be swallowed if its deduplication id were equal too.
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        report(call, 1, new MediaEvent.LegConnected(call.participants().get(0).participantId()));
        await().atMost(Duration.ofSeconds(2)).until(() -> {
            reports.pump();
            callbacks.pump();
            return states().size() == 2;
        });
    }

    @Test
    void everyEntryOfAGroupThatWaitsComesBackTogetherAndOthersGoOn() throws IOException {
        String waiting = create(processor);
        StreamRef stream = new StreamRef(waiting, callbackTarget());
        pokes.poke(List.of(stream, stream));
        pokes.poke(List.of(new StreamRef(
                "another-call-0000001", Target.ofCallback(app.callback().uri()))));
        app.answer(503);

        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        assertThat(callbacks.pump()).isEqualTo(3);
        assertThat(callbacks.receive()).as("at once").isEmpty();

        List<Message> back = new ArrayList<>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            back.addAll(callbacks.receive());
            return !back.isEmpty();
        });
        assertThat(back).as("after the step of the schedule").hasSize(3);
        assertThat(app.received()).hasSize(1);
    }

    @Test
    void aStreamWhoseReceiverRecoversIsDeliveredInOrder() throws IOException {
        ServerCall call = call(create(processor));
        app.answer(500, 500);
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        callbacks.pump();
        report(call, 1, new MediaEvent.LegConnected(call.participants().get(0).participantId()));
        source("MEDIA_EVENTS", MediaEventsFunction::new).pump();

        await().atMost(Duration.ofSeconds(20)).until(() -> callbacks.pump() == 0 && states().size() == 4);
        assertThat(states()).containsExactly("establishing", "establishing", "establishing", "established");
    }

    @Test
    void theSweeperWakesWhatLostItsPoke() throws IOException {
        InstantSource earlier = InstantSource.offset(clock, Duration.ofMinutes(-1));
        String silent = create(processor(earlier, streams -> {}));
        assertThat(source("CALLBACKS", DeliverCallbackFunction::new).receive()).isEmpty();

        Invocation.of(new SweeperFunction(), sample("sweeper/ok.json"));

        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            callbacks.pump();
            return app.received().stream().anyMatch(body -> body.contains(silent));
        });
    }

    @Test
    void theWatchEndsTheCallsOfALostGateway() throws IOException {
        String lost = create(processor);
        gateway.silent(true);
        DynamoGateways gateways = new DynamoGateways(dynamoDb, table);
        gateways.heartbeat(gateway.row(clock.instant().minusSeconds(90)));

        Invocation.of(new GatewayWatchFunction(), sample("gateway-watch/ok.json"));

        assertThat(gateways.find("gw-1").orElseThrow().fenced()).isTrue();
        assertThat(Objects.requireNonNull(call(lost).endReason()).reason()).isEqualTo(EndReason.GATEWAY_LOST);
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        callbacks.pump();
        assertThat(states()).containsExactly("establishing", "terminating", "terminated");
    }
}
