package io.ringback.gateway.call;

import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.PlayStarted;
import io.ringback.gateway.prompt.PromptLibrary;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plays of one call (telephony §8): each is fetched from the moment it is taken, has its turn at the mixer, and gets
 * exactly one result.
 */
final class Plays {
    /** What a failed play is told with when nobody can hear it (native API §7). */
    static final int NOBODY_LISTENS = 8501;

    /** Plays that one call may have at a time; the domain allows 32. */
    static final int MOST = 64;

    private final CallContext call;
    private final PromptLibrary prompts;
    private final Supplier<CallSound> sound;
    private final Map<String, Play> open = new LinkedHashMap<>();
    private final Remembered ended = new Remembered();

    private record Play(MediaCommand.Play order, CompletableFuture<Fetched> fetch) {}

    Plays(CallContext call, PromptLibrary prompts, Supplier<CallSound> sound) {
        this.call = call;
        this.prompts = prompts;
        this.sound = sound;
    }

    /** Takes a play that somebody can hear, and begins to fetch it. */
    void add(MediaCommand.Play order) {
        String id = order.operationId();
        if (open.containsKey(id) || ended.contains(id)) {
            return;
        }
        if (open.size() >= MOST) {
            refuse(order, 0, "more than " + MOST + " plays wait in this call");
            return;
        }
        sound.get().play(id, order.participantId(), order.loop(), order.stopOnTones());
        CompletableFuture<Fetched> fetch = prompts.fetch(order.source());
        open.put(id, new Play(order, fetch));
        var unused = fetch.thenAccept(fetched -> call.executor().execute(() -> fetched(id, fetched)));
    }

    /** Ends a play that never began. */
    void refuse(MediaCommand.Play order, int subcode, String message) {
        tell(order.operationId(), Outcome.FAILED, null, subcode, message);
    }

    /**
     * Cancels the plays among the named operations, and those that nobody here has heard of.
     *
     * @param others operations that are no plays and have their results
     */
    void cancel(MediaCommand.CancelMedia order, Predicate<String> others) {
        takeOut(order.canceledOperationIds());
        order.canceledOperationIds().stream()
                .filter(others.negate())
                .forEach(id -> tell(id, Outcome.CANCELLED, null, 0, "cancelled"));
        if (ended.add(order.operationId())) {
            call.report(new MediaCancelled(order.operationId(), order.canceledOperationIds()));
        }
    }

    /** Ends all that match, in the order in which they were taken. */
    void end(Predicate<MediaCommand.Play> which, Outcome outcome, int subcode, String message) {
        List<String> ending = open.values().stream()
                .map(Play::order)
                .filter(which)
                .map(MediaCommand.Play::operationId)
                .toList();
        takeOut(ending);
        ending.forEach(id -> tell(id, outcome, null, subcode, message));
    }

    void started(String operationId) {
        if (open.containsKey(operationId)) {
            call.report(new PlayStarted(operationId));
        }
    }

    void completed(String operationId) {
        open.remove(operationId);
        tell(operationId, Outcome.COMPLETED, null, 0, "played");
    }

    void stopped(String operationId, Tone tone) {
        open.remove(operationId);
        tell(operationId, Outcome.COMPLETED, tone, 0, "ended by a key press");
    }

    /** Whether a play that this leg hears ends with this press. */
    boolean listenFor(Tone tone, String participantId) {
        return open.values().stream()
                .map(Play::order)
                .filter(play -> play.participantId() == null || participantId.equals(play.participantId()))
                .anyMatch(play -> play.stopOnTones().contains(tone));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    List<CallSnapshot.Item> snapshot() {
        return open.values().stream()
                .map(play -> new CallSnapshot.Item(
                        play.order().operationId(), play.fetch().isDone() ? "ready" : "fetching"))
                .toList();
    }

    private void fetched(String id, Fetched fetched) {
        if (!open.containsKey(id)) {
            return;
        }
        if (fetched instanceof Fetched.Audio audio) {
            sound.get().ready(id, audio.samples());
        } else if (fetched instanceof Fetched.Refused refused) {
            takeOut(List.of(id));
            tell(id, Outcome.FAILED, null, refused.subcode(), refused.message());
        }
    }

    private void takeOut(List<String> ids) {
        List<String> there = ids.stream().filter(open::containsKey).toList();
        if (!there.isEmpty()) {
            sound.get().cancel(there);
        }
        for (String id : there) {
            Play play = open.remove(id);
            if (play != null) {
                play.fetch().cancel(false);
            }
        }
    }

    private void tell(String operationId, Outcome outcome, @Nullable Tone tone, int subcode, String message) {
        if (ended.add(operationId)) {
            call.report(new PlayEnded(operationId, outcome, tone, subcode, message));
        }
    }
}
