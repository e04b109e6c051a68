package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Callback;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.DeadLetters.Answer;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.DeadLetters.Question;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the contracts about dead letters do all the time. */
abstract class LetterContract extends StreamContract {
    static final String OTHER_CALL = "call0000000000000002";

    /** Commits so many events for this callback as one row. */
    final void commit(String call, Callback callback, int events) {
        long next = call(call)
                .nextSequence()
                .getOrDefault(Target.ofCallback(callback.uri()).key(), 1L);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            effects.add(CallSamples.event(callback, next + i, clock.instant()));
        }
        commit(call, effects);
    }

    final void commit(String call, List<Effect> effects) {
        assertThat(commit(CallSamples.after(call(call), effects), effects)).isTrue();
    }

    final ServerCall call(String id) {
        return storage.calls().load(id).orElseGet(() -> CallSamples.fresh(id, clock.instant()));
    }

    /** Finishes the next effects of a row in these ways. */
    final void advance(Row row, Outcome... outcomes) {
        List<Attempt> attempts = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            attempts.add(attempt(row.firstSequence() + row.done() + attempts.size(), outcome, 410));
        }
        assertThat(storage.outbox().advance(row, row.done() + outcomes.length, attempts, clock.instant()))
                .isPresent();
    }

    /** Lets the next event of the stream become a letter; its id. */
    final String die() {
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);
        return all().get(0).id();
    }

    final boolean settle(Redriven letter, Outcome outcome) {
        return storage.outbox().settle(letter, attempt(letter.event().sequence(), outcome, 410), clock.instant());
    }

    final Attempt attempt(long sequence, Outcome outcome, int status) {
        return new Attempt(sequence, clock.instant(), outcome, status, "as the test wants it");
    }

    final @Nullable Redriven waiting() {
        return storage.outbox().read(STREAM, 1).redriven();
    }

    final Redriven waits() {
        return Objects.requireNonNull(waiting());
    }

    /** What the timeline tells of the first event. */
    final List<Outcome> outcomes() {
        Timelines.Answer answer = storage.timelines().read(CALL, Timelines.MOST, null);
        return ((Timelines.Answer.Page) answer)
                .entries().stream()
                        .filter(Timelines.Sent.class::isInstance)
                        .map(Timelines.Sent.class::cast)
                        .findFirst()
                        .orElseThrow()
                        .attempts()
                        .stream()
                        .map(Attempt::outcome)
                        .toList();
    }

    final List<Letter> all() {
        return page(new Question(null, null, DeadLetters.MOST, null)).letters();
    }

    final Answer.Page page(Question question) {
        return (Answer.Page) storage.deadLetters().list(question);
    }
}
