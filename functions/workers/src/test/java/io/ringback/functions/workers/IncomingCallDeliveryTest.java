package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.aws.memory.MemoryPokes;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How subscriptions are told of a caller who rings: soon, a few times, and never when it is too late. */
class IncomingCallDeliveryTest {
    private static final String CALL = "call-000000000000001";
    private static final Pattern TYPE = Pattern.compile("\"type\":\"Microsoft\\.Communication\\.(\\w+)\"");
    private static final Deadline AMPLE = new Deadline(() -> 30_000);

    private final FakeClock clock = FakeClock.atNoon();
    private final Instant cameIn = clock.instant();
    private final MemoryStorage storage = new MemoryStorage(
            new WireEffectEncoder(URI.create("https://calls.example"), (call, subscription, until) -> "context"),
            clock);
    private final CallProcessor processor =
            new CallProcessor(storage.calls(), new MemoryPokes(), new RandomIds(), clock, conflicts -> {});
    private final CountedCalls loads = new CountedCalls(storage.calls());
    private App app;
    private StreamRef stream;

    @BeforeEach
    void ring() throws IOException {
        app = new App();
        stream = new StreamRef(CALL, Target.ofCallback(app.callback().uri()));
        Subscriber subscriber = new Subscriber(
                "subscription-1", app.callback(), Set.of(Announcement.INCOMING_CALL, Announcement.CALL_STARTED));
        MediaEvent offer = new MediaEvent.CallOffered(
                Origin.Kind.INCOMING,
                Identifier.ofPhoneNumber("+15555550150"),
                null,
                Identifier.ofPhoneNumber("+15555550199"),
                "caller",
                null,
                cameIn.plusSeconds(60));
        processor.begin(CALL, List.of(report(1, offer)), List.of(subscriber));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void itIsToldBeforeAnythingElse() {
        assertThat(take()).isEqualTo(new Turn.Done());
        assertThat(received()).containsExactly("IncomingCall", "CallStarted");
        assertThat(loads.count).as("reads, for the one event that needs it").isEqualTo(1);
    }

    @Test
    void itIsTriedAtZeroOneTwoFiveAndTenSeconds() {
        app.answerAlways(503);
        List<Long> moments = new ArrayList<>();
        while (attempts().stream().noneMatch(attempt -> attempt.outcome() == Outcome.DEAD)) {
            moments.add(Duration.between(cameIn, clock.instant()).toSeconds());
            if (take() instanceof Turn.Wait wait && received().size() < 6) {
                clock.advance(wait.time());
            }
        }
        assertThat(moments).containsExactly(0L, 1L, 2L, 5L, 10L);
        assertThat(received())
                .containsExactly(
                        "IncomingCall", "IncomingCall", "IncomingCall", "IncomingCall", "IncomingCall", "CallStarted");
    }

    @Test
    void itIsTriedAtItsOwnMomentsWhateverTheReceiverAsksFor() {
        app.answer(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "300")
                .build());

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
    }

    @Test
    void itIsNotTriedOnceSomebodyDecided() {
        app.answerAlways(503);
        take();
        app.answerAlways(204);
        processor.change(CALL, new CallCommand.RejectCall("subscription-1", CallCommand.RejectCall.Reason.BUSY));

        assertThat(take()).as("what waits behind it goes at once").isEqualTo(new Turn.Done());
        assertThat(received()).containsExactly("IncomingCall", "CallStarted");
        assertThat(attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.FAILED, Outcome.VOID, Outcome.DELIVERED);
    }

    @Test
    void itIsNotTriedOnceTheCallerGaveUp() {
        processor.apply(
                CALL, List.of(report(2, new MediaEvent.LegEnded("caller", EndReason.CANCELLED, 487, "", null))));

        take();
        assertThat(received()).containsExactly("CallStarted", "CallEnded");
    }

    @Test
    void itIsTriedAtAnEndpointThatIsLeftAloneAndWhatFollowsWaits() {
        Endpoint endpoint = Endpoint.of(app.callback().uri());
        for (int i = 0; i < 5; i++) {
            storage.circuits().fail(endpoint, cameIn.plusSeconds(30));
        }
        app.answerAlways(503);

        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
        assertThat(received()).containsExactly("IncomingCall", "IncomingCall");
    }

    @Test
    void itIsNotTriedAfterTheRingingWhateverIsReported() {
        clock.advance(Duration.ofSeconds(60));

        take();
        assertThat(received()).containsExactly("CallStarted");
    }

    private MediaReport report(long number, MediaEvent event) {
        return new MediaReport(CALL, FakeGateway.LIFE, number, clock.instant(), event);
    }

    /** The types of the events that arrived. */
    private List<String> received() {
        return app.received().stream()
                .flatMap(body -> TYPE.matcher(body).results())
                .map(match -> match.group(1))
                .toList();
    }

    private List<Attempt> attempts() {
        return storage.outbox().attempts(stream);
    }

    private Turn take() {
        return new CallbackDelivery(
                        storage.outbox(),
                        new MemoryPokes(),
                        new Attempts(
                                new HttpReceiver(OutboundPolicy.LOCAL, new LiveSecrets(LiveSecrets.OLD), clock),
                                new CircuitBreaker(storage.circuits(), () -> 0, clock),
                                new RetrySchedule(() -> 0),
                                new Ringing(loads),
                                clock),
                        clock)
                .take(stream, List.of(stream), AMPLE);
    }

    /** Counts how often a call is read. */
    private static final class CountedCalls implements CallStore {
        private final CallStore calls;
        private int count;

        CountedCalls(CallStore calls) {
            this.calls = calls;
        }

        @Override
        public Optional<ServerCall> load(String serverCallId) {
            count++;
            return calls.load(serverCallId);
        }

        @Override
        public CommitResult commit(Commit commit) {
            return calls.commit(commit);
        }
    }
}
