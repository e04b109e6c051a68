package io.ringback.core.decision;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Operation.Kind;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.event.CallEvent;
import io.ringback.core.event.CallEvent.CancelMediaResult;
import io.ringback.core.event.CallEvent.PlayResult;
import io.ringback.core.event.CallEvent.SendDtmfResult;
import io.ringback.core.event.CallEvent.TransferResult;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all operations have in common: each that was accepted ends in exactly one result event. */
final class Operations {
    private static final int CANCELLED_SUBCODE = 8508;

    private Operations() {}

    static boolean areTooMany(CallDraft draft) {
        return draft.operations().stream().filter(o -> !Cancellations.isOne(o)).count() >= Limits.OPERATIONS;
    }

    /** A new operation of the call; whoever begins it orders what it needs. */
    static Operation begin(
            CallDraft draft,
            Asker asker,
            Kind kind,
            Status status,
            @Nullable String operationContext,
            @Nullable String participantId,
            @Nullable String transferTarget) {
        Operation operation = new Operation(
                draft.ids().newId(),
                kind,
                status,
                asker.callConnectionId(),
                asker.callback(),
                operationContext,
                participantId,
                transferTarget,
                draft.now());
        draft.add(operation);
        return operation;
    }

    static Reply accepted(Operation operation) {
        return new Reply.OperationAccepted(operation.operationId(), operation.status(), operation.operationContext());
    }

    /** True for what {@link CancelMedia} can end. */
    static boolean isMedia(Operation operation) {
        return operation.kind() == Kind.PLAY || operation.kind() == Kind.SEND_DTMF;
    }

    /**
     * The gateway says how a play or a sending of tones ended; what ended before is not told twice. Of an operation that
     * it never heard of, because its cancellation overtook it, it cannot say which of the two it was.
     */
    static void ended(CallDraft draft, String operationId, Outcome outcome, int subcode, String message) {
        draft.operation(operationId).filter(Operations::isMedia).ifPresent(operation -> {
            switch (outcome) {
                case COMPLETED -> complete(draft, operation, message);
                case CANCELLED -> fail(draft, operation, cancelled(message));
                case FAILED -> fail(draft, operation, new ResultInfo(400, subcode, EndReason.FAILED, null, message));
            }
        });
    }

    static void complete(CallDraft draft, Operation operation, String message) {
        finish(draft, operation, Status.COMPLETED, ResultInfo.of(EndReason.COMPLETED, message));
    }

    static void fail(CallDraft draft, Operation operation, ResultInfo info) {
        finish(draft, operation, Status.FAILED, info);
    }

    /** Ends operations at once, for a reason that is not the gateway's; it is told to stop what sounds. */
    static void cancel(CallDraft draft, List<Operation> operations, String message) {
        List<String> media = operations.stream()
                .filter(Operations::isMedia)
                .map(Operation::operationId)
                .toList();
        if (!media.isEmpty()) {
            draft.order(new CancelMedia(draft.ids().newId(), media, draft.orderDeadline()));
        }
        operations.forEach(operation -> fail(draft, operation, cancelled(message)));
    }

    static ResultInfo cancelled(String message) {
        return new ResultInfo(400, CANCELLED_SUBCODE, EndReason.CANCELLED, null, message);
    }

    /** Why a leg ended, as the failure of what needed it: an orderly end was a cancellation to who waited. */
    static ResultInfo asFailure(ResultInfo legReason) {
        return legReason.code() == EndReason.COMPLETED.code()
                ? ResultInfo.of(EndReason.CANCELLED, legReason.sipStatus(), legReason.message())
                : legReason;
    }

    private static void finish(CallDraft draft, Operation operation, Status status, ResultInfo info) {
        String id = operation.operationId();
        String context = operation.operationContext();
        CallEvent result = switch (operation.kind()) {
            case PLAY -> new PlayResult(id, context, status, info);
            case SEND_DTMF -> new SendDtmfResult(id, context, status, info);
            case TRANSFER -> new TransferResult(id, context, status, info);
            case CANCEL -> new CancelMediaResult(id, context, status, info, List.of());
        };
        finish(draft, operation, result);
    }

    /** Ends an operation with this as its one result event. */
    static void finish(CallDraft draft, Operation operation, CallEvent result) {
        draft.remove(operation);
        draft.tell(operation.callback(), operation.callConnectionId(), result);
    }
}
