package io.ringback.core.decision;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Operation.Kind;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.command.CallCommand.CancelAllMediaOperations;
import io.ringback.core.event.CallEvent.CancelMediaResult;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import java.util.List;

/** The cancellation of everything that is played or sent, itself an operation; its result comes after theirs. */
final class Cancellations {
    private Cancellations() {}

    static Decision cancelAll(CallDraft draft, CancelAllMediaOperations command) {
        return Asker.onEstablished(draft, command.callConnectionId(), null, "cancel", asker -> {
            if (draft.operations().stream().filter(Cancellations::isOne).count() >= Limits.CANCELS) {
                return Refusals.tooManyCancellations();
            }
            List<String> media = draft.operations().stream()
                    .filter(Operations::isMedia)
                    .map(Operation::operationId)
                    .toList();
            Status status = media.isEmpty() ? Status.COMPLETED : Status.RUNNING;
            Operation cancel =
                    Operations.begin(draft, asker, Kind.CANCEL, status, command.operationContext(), null, null);
            if (media.isEmpty()) {
                complete(draft, cancel, media);
            } else {
                draft.order(new CancelMedia(cancel.operationId(), media, draft.orderDeadline()));
            }
            return draft.accept(Operations.accepted(cancel));
        });
    }

    static void tookEffect(CallDraft draft, MediaCancelled event) {
        draft.operation(event.operationId())
                .filter(Cancellations::isOne)
                .ifPresent(cancel -> complete(draft, cancel, event.canceledOperationIds()));
    }

    /** What it was to end has ended for whoever asked, and need not have begun: a cancellation overtakes that. */
    static void dropped(CallDraft draft, CancelMedia cancel, ResultInfo reason) {
        for (String operationId : cancel.canceledOperationIds()) {
            draft.operation(operationId)
                    .filter(Operations::isMedia)
                    .ifPresent(media -> Operations.fail(draft, media, Operations.cancelled(reason.message())));
        }
        draft.operation(cancel.operationId())
                .filter(Cancellations::isOne)
                .ifPresent(operation -> Operations.fail(draft, operation, reason));
    }

    static boolean isOne(Operation operation) {
        return operation.kind() == Kind.CANCEL;
    }

    private static void complete(CallDraft draft, Operation cancel, List<String> canceled) {
        Operations.finish(
                draft,
                cancel,
                new CancelMediaResult(
                        cancel.operationId(),
                        cancel.operationContext(),
                        Status.COMPLETED,
                        ResultInfo.of(EndReason.COMPLETED, "cancelled " + canceled.size() + " operations"),
                        canceled));
    }
}
