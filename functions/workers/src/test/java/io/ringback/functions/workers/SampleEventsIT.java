package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JacksonException;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each function does with its sample events what their names say. */
class SampleEventsIT extends LiveWorkers {
    @Test
    void whatTheSampleSaysIsDelivered() throws IOException {
        String call = create(processor);
        String event = sample("deliver-callback/ok.json")
                .replace("AbCdEfGhIjKlMnOpQr-_", call)
                .replaceAll("cb-[A-Za-z0-9_-]{22}", callbackTarget().key());

        assertThat(Invocation.of(new DeliverCallbackFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(states()).containsExactly("establishing");
    }

    @Test
    void whatTheSampleSaysIsOrdered() throws IOException {
        String event = sample("media-worker/ok.json").replace("AbCdEfGhIjKlMnOpQr-_", create(processor));

        assertThat(Invocation.of(new MediaWorkerFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(gateway.commands()).hasSize(1);
    }

    @Test
    void whatTheSampleSaysIsApplied() throws IOException {
        ServerCall call = call(create(processor));
        String event = sample("media-events/ok.json")
                .replace("AbCdEfGhIjKlMnOpQr-_", call.serverCallId())
                .replace("Tm9ib2R5IGlzIGhl", call.participants().get(0).participantId())
                .replace("\\\"gatewayId\\\":\\\"gateway\\\"", "\\\"gatewayId\\\":\\\"gw-1\\\"");

        assertThat(Invocation.of(new MediaEventsFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(call(call.serverCallId()).lastAppliedEvent()).isEqualTo(2);
        assertThat(call(call.serverCallId()).state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void whatTheSampleOffersIsAskedAboutAndAnswered() throws IOException {
        new DynamoSubscriptions(dynamoDb, table)
                .add(new Subscription(
                        "subscription-1",
                        app.callback(),
                        Set.of(Announcement.INCOMING_CALL, Announcement.CALL_ENDED),
                        List.of(),
                        clock.instant()));
        String id = ids.newServerCallId();
        String event = sample("media-events/incoming-call.json")
                .replace("AbCdEfGhIjKlMnOpQr-_", id)
                .replace("2026-11-22T12:01:00Z", clock.instant().plusSeconds(60).toString())
                .replace("\\\"gatewayId\\\":\\\"gateway\\\"", "\\\"gatewayId\\\":\\\"gw-1\\\"");

        assertThat(Invocation.of(new MediaEventsFunction(), event)).isEqualTo("{\"batchItemFailures\":[]}");
        EventSource callbacks = source("CALLBACKS", DeliverCallbackFunction::new);
        callbacks.pump();
        assertThat(app.received())
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked).contains("Microsoft.Communication.IncomingCall", "incomingCallContext", id));

        processor.change(id, new CallCommand.AnswerCall("subscription-1", app.callback(), Set.of(), null));
        source("MEDIA_COMMANDS", MediaWorkerFunction::new).pump();
        assertThat(gateway.commands()).singleElement().isInstanceOf(MediaCommand.AnswerLeg.class);
        ServerCall call = call(id);
        String caller = call.participants().get(0).participantId();
        report(call, 2, new MediaEvent.LegConnected(caller));
        report(call, 3, new MediaEvent.LegEnded(caller, EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        source("MEDIA_EVENTS", MediaEventsFunction::new).pump();
        await().atMost(Duration.ofSeconds(10)).until(() -> callbacks.pump() == 0 && states().size() == 6);
        assertThat(states().subList(1, 5)).containsExactly("establishing", "established", "terminating", "terminated");
        assertThat(states().get(5)).contains("Microsoft.Communication.CallEnded");
    }

    static Stream<Arguments> samplesOfNobody() {
        return Stream.of(
                Arguments.of((Supplier<RequestStreamHandler>) DeliverCallbackFunction::new, "deliver-callback/ok.json"),
                Arguments.of((Supplier<RequestStreamHandler>) MediaWorkerFunction::new, "media-worker/ok.json"),
                Arguments.of((Supplier<RequestStreamHandler>) MediaEventsFunction::new, "media-events/ok.json"));
    }

    @ParameterizedTest
    @MethodSource("samplesOfNobody")
    void aCallThatIsNotThereHasNothingToDo(Supplier<RequestStreamHandler> function, String sample) throws IOException {
        assertThat(Invocation.of(function.get(), sample(sample))).isEqualTo("{\"batchItemFailures\":[]}");
    }

    static Stream<Arguments> badMessages() {
        return Stream.of(
                Arguments.of(
                        (Supplier<RequestStreamHandler>) DeliverCallbackFunction::new,
                        "deliver-callback/not-a-poke.json"),
                Arguments.of((Supplier<RequestStreamHandler>) MediaWorkerFunction::new, "media-worker/not-a-poke.json"),
                Arguments.of(
                        (Supplier<RequestStreamHandler>) MediaEventsFunction::new, "media-events/not-a-report.json"));
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void aMessageThatCannotBeReadFailsAlone(Supplier<RequestStreamHandler> function, String sample) throws IOException {
        assertThat(Invocation.of(function.get(), sample(sample)))
                .isEqualTo(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":" + "\"059f36b4-87a3-44ab-83d2-661970000001\"}]}");
    }

    @Test
    void whatIsNoTickFailsTheInvocation() {
        assertThatThrownBy(() -> Invocation.of(new SweeperFunction(), sample("sweeper/not-a-tick.json")))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> Invocation.of(new GatewayWatchFunction(), sample("gateway-watch/not-a-tick.json")))
                .isInstanceOf(JacksonException.class);
    }
}
