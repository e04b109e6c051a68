package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.command.CallCommand.CancelAllMediaOperations;
import io.ringback.core.command.CallCommand.Play;
import io.ringback.core.event.CallEvent.CancelMediaResult;
import io.ringback.core.event.CallEvent.PlayResult;
import io.ringback.core.event.CallEvent.SendDtmfResult;
import io.ringback.core.event.CallEvent.TransferResult;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayStarted;
import java.util.List;
import java.util.Locale;

/** Plays and their cancellation: each accepted operation ends in exactly one result event. */
final class Operations {
    private static final int CANCELLED_SUBCODE = 8508;

    private Operations() {}

    static Decision play(CallDraft draft, Connection connection, Play command) {
        if (connection.state() != CallState.ESTABLISHED) {
            return notEstablished(connection, "play");
        }
        if (draft.operations().size() >= Limits.OPERATIONS) {
            return tooMany();
        }
        Callback callback = command.callback() == null ? connection.callback() : command.callback();
        if (draft.wouldExceedStreams(callback)) {
            return tooManyStreams("callbackUri");
        }
        Status status = plays(draft).isEmpty() ? Status.RUNNING : Status.NOT_STARTED;
        Operation operation = new Operation(
                draft.ids().newId(),
                Operation.Kind.PLAY,
                status,
                connection.callConnectionId(),
                callback,
                command.operationContext(),
                null,
                null,
                draft.now());
        draft.add(operation);
        draft.order(new MediaCommand.Play(
                operation.operationId(),
                null,
                command.source(),
                command.loop(),
                command.stopOnTones(),
                draft.orderDeadline()));
        return draft.accept(accepted(operation));
    }

    static Decision cancelAll(CallDraft draft, Connection connection, CancelAllMediaOperations command) {
        if (connection.state() != CallState.ESTABLISHED) {
            return notEstablished(connection, "cancel");
        }
        if (draft.operations().size() >= Limits.OPERATIONS + Limits.CANCELS) {
            return tooMany();
        }
        List<String> plays = plays(draft);
        Operation operation = new Operation(
                draft.ids().newId(),
                Operation.Kind.CANCEL,
                plays.isEmpty() ? Status.COMPLETED : Status.RUNNING,
                connection.callConnectionId(),
                connection.callback(),
                command.operationContext(),
                null,
                null,
                draft.now());
        draft.add(operation);
        if (plays.isEmpty()) {
            complete(draft, operation, plays);
        } else {
            draft.order(new CancelMedia(operation.operationId(), plays, draft.orderDeadline()));
        }
        return draft.accept(accepted(operation));
    }

    static void started(CallDraft draft, PlayStarted event) {
        draft.operation(event.operationId()).ifPresent(o -> draft.replace(o.withStatus(Status.RUNNING)));
    }

    static void ended(CallDraft draft, PlayEnded event) {
        draft.operation(event.operationId()).ifPresent(operation -> {
            switch (event.outcome()) {
                case COMPLETED ->
                    finish(
                            draft,
                            operation,
                            Status.COMPLETED,
                            new ResultInfo(200, 0, EndReason.COMPLETED, null, event.message()));
                case CANCELLED -> fail(draft, operation, cancelled(event.message()));
                case FAILED ->
                    fail(
                            draft,
                            operation,
                            new ResultInfo(400, event.subcode(), EndReason.FAILED, null, event.message()));
            }
        });
    }

    static void cancelTookEffect(CallDraft draft, MediaCancelled event) {
        draft.operation(event.operationId())
                .ifPresent(operation -> complete(draft, operation, event.canceledOperationIds()));
    }

    /** Ends an operation as failed, with its one result event. */
    static void fail(CallDraft draft, Operation operation, ResultInfo info) {
        finish(draft, operation, Status.FAILED, info);
    }

    static ResultInfo cancelled(String message) {
        return new ResultInfo(400, CANCELLED_SUBCODE, EndReason.CANCELLED, null, message);
    }

    static Decision.Rejected tooManyStreams(String target) {
        return new Decision.Rejected(
                ErrorCode.MALFORMED,
                "a call has at most " + Limits.STREAMS + " different callback URIs; use one that it has already",
                target);
    }

    private static void complete(CallDraft draft, Operation cancel, List<String> canceled) {
        draft.remove(cancel);
        draft.tell(
                cancel.callback(),
                cancel.callConnectionId(),
                new CancelMediaResult(
                        cancel.operationId(),
                        cancel.operationContext(),
                        Status.COMPLETED,
                        ResultInfo.of(EndReason.COMPLETED, "cancelled " + canceled.size() + " operations"),
                        canceled));
    }

    private static void finish(CallDraft draft, Operation operation, Status status, ResultInfo info) {
        draft.remove(operation);
        draft.tell(
                operation.callback(),
                operation.callConnectionId(),
                switch (operation.kind()) {
                    case PLAY -> new PlayResult(operation.operationId(), operation.operationContext(), status, info);
                    case SEND_DTMF ->
                        new SendDtmfResult(operation.operationId(), operation.operationContext(), status, info);
                    case TRANSFER ->
                        new TransferResult(operation.operationId(), operation.operationContext(), status, info);
                    case CANCEL ->
                        new CancelMediaResult(
                                operation.operationId(), operation.operationContext(), status, info, List.of());
                });
    }

    private static List<String> plays(CallDraft draft) {
        return draft.operations().stream()
                .filter(o -> o.kind() == Operation.Kind.PLAY)
                .map(Operation::operationId)
                .toList();
    }

    private static Reply accepted(Operation operation) {
        return new Reply.OperationAccepted(operation.operationId(), operation.status(), operation.operationContext());
    }

    private static Decision.Rejected notEstablished(Connection connection, String what) {
        return new Decision.Rejected(
                ErrorCode.WRONG_STATE,
                "cannot " + what + ": the connection is "
                        + connection.state().name().toLowerCase(Locale.ROOT) + ", it has to be established",
                "callConnectionId");
    }

    private static Decision.Rejected tooMany() {
        return new Decision.Rejected(
                ErrorCode.OPERATION_NOT_ALLOWED,
                "a call has at most " + Limits.OPERATIONS + " running media operations; wait for one to end",
                null);
    }
}
