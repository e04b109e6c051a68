package io.ringback.core.decision;

import io.ringback.core.call.Operation;
import io.ringback.core.call.Operation.Kind;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.command.CallCommand.Play;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayStarted;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays to all, one queue of them in a call, and to one participant, each with a queue of its own (telephony §8). */
final class Plays {
    private Plays() {}

    static Decision play(CallDraft draft, Play command) {
        String listener = command.participantId();
        return Asker.onEstablished(
                draft,
                command.callConnectionId(),
                command.callback(),
                "play",
                asker -> listener == null
                        ? play(draft, asker, command)
                        : Participants.onConnected(
                                draft, listener, "play", participant -> play(draft, asker, command)));
    }

    private static Decision play(CallDraft draft, Asker asker, Play command) {
        if (Operations.areTooMany(draft)) {
            return Refusals.tooManyOperations();
        }
        Status status = isQueueEmpty(draft, command.participantId()) ? Status.RUNNING : Status.NOT_STARTED;
        Operation operation = Operations.begin(
                draft, asker, Kind.PLAY, status, command.operationContext(), command.participantId(), null);
        draft.order(new MediaCommand.Play(
                operation.operationId(),
                command.participantId(),
                command.source(),
                command.loop(),
                command.stopOnTones(),
                draft.orderDeadline()));
        return draft.accept(Operations.accepted(operation));
    }

    static void started(CallDraft draft, PlayStarted event) {
        draft.operation(event.operationId()).ifPresent(o -> draft.replace(o.withStatus(Status.RUNNING)));
    }

    static void ended(CallDraft draft, PlayEnded event) {
        Operations.ended(draft, event.operationId(), event.outcome(), event.subcode(), event.message());
    }

    private static boolean isQueueEmpty(CallDraft draft, @Nullable String listener) {
        return draft.operations().stream()
                .filter(o -> o.kind() == Kind.PLAY)
                .noneMatch(o -> Objects.equals(o.participantId(), listener));
    }
}
