package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Operation.Kind;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.command.CallCommand.TransferCall;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Transfers: a party hears ringback while a target rings; when it answers, the application leaves the two alone
 * (telephony §10). There is one at a time, and while it lasts the call is TRANSFERRING: nothing else is begun. An
 * application that hangs up meanwhile does not stop it.
 */
final class Transfers {
    private Transfers() {}

    static Decision transfer(CallDraft draft, TransferCall command) {
        return Asker.onEstablished(draft, command.callConnectionId(), null, "transfer", asker -> {
            String named = command.transfereeId();
            if (named != null && draft.participant(named).isEmpty()) {
                return Refusals.notFound("transferee", named);
            }
            List<Participant> transferees = draft.participants().stream()
                    .filter(Participant::isConnected)
                    .filter(p -> named == null || p.participantId().equals(named))
                    .toList();
            if (transferees.size() != 1) {
                return new Decision.Rejected(
                        ErrorCode.TRANSFER_NOT_POSSIBLE,
                        named == null
                                ? "exactly one participant has to be connected, not " + transferees.size()
                                        + "; or name the transferee"
                                : "the transferee is not connected",
                        "transferee");
            }
            if (Operations.areTooMany(draft)) {
                return Refusals.tooManyOperations();
            }
            if (draft.wouldExceedLegs(1)) {
                return Refusals.tooManyLegs(draft, "targetParticipant");
            }
            return begin(draft, asker, command, transferees.get(0).participantId());
        });
    }

    private static Decision begin(CallDraft draft, Asker asker, TransferCall command, String transferee) {
        Operations.cancel(
                draft,
                draft.operations().stream().filter(Operations::isMedia).toList(),
                "the call is being transferred");
        String target = new Dialling(command.callerId(), command.ringTimeout())
                .dial(draft, command.target(), null, new Coupling(transferee, Coupling.Kind.RINGBACK));
        Operation operation = Operations.begin(
                draft, asker, Kind.TRANSFER, Status.RUNNING, command.operationContext(), transferee, target);
        draft.beginTransfer();
        draft.connection(command.callConnectionId())
                .ifPresent(connection -> CallEnd.goOn(draft, connection, CallState.TRANSFERRING));
        return draft.accept(Operations.accepted(operation));
    }

    /** If this is the target, the two talk on: nothing of the application's stays on the transferee. */
    static void answered(CallDraft draft, Participant party) {
        running(draft).filter(t -> t.target().equals(party.participantId())).ifPresent(transfer -> {
            draft.participant(transfer.transferee()).ifPresent(transferee -> Participants.release(draft, transferee));
            draft.endTransfer();
            draft.tellRoster();
            Operations.complete(draft, transfer.operation(), "the target answered");
            transfer.connection(draft)
                    .ifPresent(connection -> CallEnd.detach(
                            draft, connection, ResultInfo.of(EndReason.COMPLETED, "the call was transferred")));
        });
    }

    /** A transfer fails with its target, and without a transferee there is nothing to transfer. */
    static void legEnded(CallDraft draft, Participant party, ResultInfo reason) {
        running(draft).ifPresent(transfer -> {
            if (transfer.target().equals(party.participantId())) {
                fail(draft, transfer, Operations.asFailure(reason));
            } else if (transfer.transferee().equals(party.participantId())) {
                draft.participant(transfer.target())
                        .ifPresent(target -> Participants.hangUp(draft, target, EndReason.CANCELLED));
                fail(draft, transfer, ResultInfo.of(EndReason.CANCELLED, "the transferee left"));
            }
        });
    }

    /** The application leaves; the result becomes an event of the server call, for the same callback. */
    static void outlive(CallDraft draft, Connection connection) {
        running(draft)
                .map(Transfer::operation)
                .filter(operation -> connection.callConnectionId().equals(operation.callConnectionId()))
                .ifPresent(operation -> draft.replace(operation.withCallConnectionId(null)));
    }

    private static void fail(CallDraft draft, Transfer transfer, ResultInfo reason) {
        draft.endTransfer();
        Operations.fail(draft, transfer.operation(), reason);
        transfer.connection(draft).ifPresent(connection -> CallEnd.goOn(draft, connection, CallState.ESTABLISHED));
    }

    /** Once the call ends, a transfer is an operation like any other. */
    private static Optional<Transfer> running(CallDraft draft) {
        return draft.state() == CallState.TRANSFERRING
                ? draft.operations().stream()
                        .filter(o -> o.kind() == Kind.TRANSFER)
                        .map(Transfer::new)
                        .findFirst()
                : Optional.empty();
    }

    /** An operation that is a transfer: it has both parties. */
    private record Transfer(Operation operation, String transferee, String target) {
        Transfer(Operation operation) {
            this(
                    operation,
                    Objects.requireNonNull(operation.participantId()),
                    Objects.requireNonNull(operation.transferTarget()));
        }

        /** The connection that asked, unless its application has left. */
        Optional<Connection> connection(CallDraft draft) {
            return Optional.ofNullable(operation.callConnectionId()).flatMap(draft::connection);
        }
    }
}
