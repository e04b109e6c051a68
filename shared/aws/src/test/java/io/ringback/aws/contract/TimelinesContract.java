package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACKS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Cause;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import io.ringback.core.port.Timelines.Entry;
import io.ringback.core.port.Timelines.Happened;
import io.ringback.core.port.Timelines.ParticipantEnded;
import io.ringback.core.port.Timelines.Sent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code Timelines}. */
public abstract class TimelinesContract extends ReadingBackContract {
    @Test
    void theTimelineTellsCausesWhoLeftAndWhatWasSent() {
        Instant now = clock.instant();
        ServerCall rich = CallSamples.rich(CALL, now);
        Instant leftAt = clock.advance(Duration.ofSeconds(2));
        Cause cause = new Cause(Cause.Kind.MEDIA_EVENT, "LegEnded", now.plusMillis(1500), Map.of("reason", "BUSY"));
        List<Effect> effects = List.of(
                CallSamples.event(CALLBACK, 1, leftAt),
                CallSamples.command(1, leftAt),
                CallSamples.event(CALLBACK, 2, leftAt));
        store(new Commit(CallSamples.after(rich, effects), effects, List.of(cause), leftAt));

        assertThat(timeline(100))
                .containsExactly(
                        new Happened(1, cause),
                        new ParticipantEnded(
                                1,
                                leftAt,
                                "participant-1",
                                rich.participants().get(0).identifier(),
                                rich.participants().get(0).endReason()),
                        event(leftAt, 1),
                        event(leftAt, 2),
                        new Sent(
                                1,
                                leftAt,
                                Target.MEDIA,
                                1,
                                "DialLeg",
                                "DialLeg",
                                null,
                                Map.of(
                                        "participantId", "participant-1",
                                        "target", "4:+15555550101",
                                        "ringTimeout", "PT1M",
                                        "notAfter", leftAt.plusSeconds(60).toString()),
                                List.of()));
    }

    @Test
    void theDetailsKeepTheirOrder() {
        Cause cause = new Cause(
                Cause.Kind.REQUEST, "CreateCall", clock.instant(), Map.of("z", "1", "a", "2", "m", "3", "b", "4"));
        store(new Commit(CallSamples.fresh(CALL, clock.instant()), List.of(), List.of(cause), clock.instant()));

        Happened happened = (Happened) timeline(1).get(0);
        assertThat(List.copyOf(happened.cause().details().entrySet()))
                .isEqualTo(List.copyOf(cause.details().entrySet()));
    }

    @Test
    void everyAttemptIsToldWithItsAnswer() {
        Instant now = clock.instant();
        List<Effect> effects = List.of(CallSamples.event(CALLBACK, 1, now), CallSamples.event(CALLBACK, 2, now));
        store(CallSamples.after(CallSamples.fresh(CALL, now), effects), effects);
        StreamRef stream = new StreamRef(CALL, CALLBACKS);
        Row row = storage.outbox().read(stream, 1).rows().get(0);
        Attempt failed = new Attempt(1, clock.advance(Duration.ofSeconds(1)), Outcome.FAILED, 503, "busy");
        row = storage.outbox().postpone(row, failed, clock.instant()).orElseThrow();
        assertThat(sent()).extracting(Sent::attempts).containsExactly(List.of(failed), List.of());

        Attempt dead = new Attempt(1, clock.advance(Duration.ofSeconds(1)), Outcome.DEAD, 410, "gone");
        Attempt delivered = new Attempt(2, clock.advance(Duration.ofSeconds(1)), Outcome.DELIVERED, 200, "");
        storage.outbox().advance(row, 2, List.of(dead, delivered), clock.instant());
        assertThat(sent()).extracting(Sent::attempts).containsExactly(List.of(failed, dead), List.of(delivered));
    }

    @Test
    void aTimelineIsReadPageByPageInTheOrderOfItsCommits() {
        for (int i = 0; i < 7; i++) {
            ServerCall call = storage.calls().load(CALL).orElseGet(() -> CallSamples.fresh(CALL, clock.instant()));
            List<Effect> effects = new ArrayList<>();
            for (int n = 0; n < i % 4; n++) {
                effects.add(CallSamples.event(CALLBACK, next(call, CALLBACKS) + n, clock.instant()));
                effects.add(CallSamples.event(OTHER_CALLBACK, next(call, OTHER_CALLBACKS) + n, clock.instant()));
            }
            store(CallSamples.after(call, effects), effects);
            clock.advance(Duration.ofSeconds(1));
        }
        List<Entry> whole = timeline(Timelines.MOST);
        assertThat(whole).hasSize(7 + 2 * 9).doesNotHaveDuplicates();
        assertThat(whole).isSortedAccordingTo((one, next) -> Long.compare(one.version(), next.version()));
        for (int top : new int[] {1, 2, 3, 24, 25}) {
            assertThat(timeline(top)).isEqualTo(whole);
        }
    }

    @Test
    void aTimelineThatGrowsIsReadOnFromWhereItEnded() {
        store(CallSamples.fresh(CALL, clock.instant()));
        store(storage.calls().load(CALL).orElseThrow());
        Timelines.Answer.Page first = timelinePage(1, null);
        store(storage.calls().load(CALL).orElseThrow());
        Timelines.Answer.Page rest = timelinePage(10, first.continuationToken());

        assertThat(first.entries()).extracting(Entry::version).containsExactly(1L);
        assertThat(rest.entries()).extracting(Entry::version).containsExactly(2L, 3L);
        assertThat(rest.continuationToken()).isNull();
    }

    @Test
    void anUnknownCallHasNoTimeline() {
        assertThat(storage.timelines().read(CALL, 1, null)).isInstanceOf(Timelines.Answer.UnknownCall.class);
        assertThat(storage.timelines().read("no id at all", 1, null)).isInstanceOf(Timelines.Answer.UnknownCall.class);

        store(CallSamples.inState(CallSamples.fresh(CALL, clock.instant()), CallState.TERMINATED, clock.instant()));
        clock.advance(Duration.ofDays(30));
        assertThat(storage.timelines().read(CALL, 1, null)).isInstanceOf(Timelines.Answer.UnknownCall.class);
    }

    @Test
    void aTokenOfAnotherCallOrNoneAtAllIsRefused() {
        for (String call : List.of(CALL, id(2))) {
            store(CallSamples.fresh(call, clock.instant()));
            store(storage.calls().load(call).orElseThrow());
        }
        String token = requireNonNull(timelinePage(1, null).continuationToken());
        for (String wrong : tampered(token)) {
            assertThat(storage.timelines().read(CALL, 1, wrong)).isInstanceOf(Timelines.Answer.InvalidToken.class);
        }
        assertThat(storage.timelines().read(id(2), 1, token)).isInstanceOf(Timelines.Answer.InvalidToken.class);
        assertThat(storage.timelines().read(CALL, 1, token)).isInstanceOf(Timelines.Answer.Page.class);
    }

    private static long next(ServerCall call, Target target) {
        return call.nextSequence().getOrDefault(target.key(), 1L);
    }

    /** All pages together. */
    private List<Entry> timeline(int top) {
        List<Entry> entries = new ArrayList<>();
        String token = null;
        do {
            Timelines.Answer.Page page = timelinePage(top, token);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(top);
            entries.addAll(page.entries());
            token = page.continuationToken();
        } while (token != null);
        return entries;
    }

    private Timelines.Answer.Page timelinePage(int top, @Nullable String token) {
        return (Timelines.Answer.Page) storage.timelines().read(CALL, top, token);
    }

    private List<Sent> sent() {
        return timeline(10).stream()
                .filter(Sent.class::isInstance)
                .map(Sent.class::cast)
                .toList();
    }

    private static Sent event(Instant at, long sequence) {
        return new Sent(
                1,
                at,
                CALLBACKS,
                sequence,
                "event-" + sequence,
                "ConnectionStateChanged",
                URI.create("https://app.example/callbacks"),
                Map.of("state", "ESTABLISHED"),
                List.of());
    }
}
