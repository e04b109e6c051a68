package io.ringback.core.decision;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Participant.Invitation;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.command.CallCommand.InviteParticipants;
import io.ringback.core.decision.Reply.ParticipantsInvited;
import io.ringback.core.event.CallEvent.InviteParticipantResult;
import java.util.List;

/**
 * Parties that are brought in, and what those who invited them are told: one result for each (telephony §1). An
 * invitation outlives the attachment of the application that asked.
 */
final class Invitations {
    private Invitations() {}

    static Decision invite(CallDraft draft, InviteParticipants command) {
        return Asker.onEstablished(
                draft,
                command.callConnectionId(),
                command.callback(),
                "invite participants",
                asker -> invite(draft, asker, command));
    }

    private static Decision invite(CallDraft draft, Asker asker, InviteParticipants command) {
        if (command.participants().isEmpty()) {
            return Refusals.malformed("at least one participant has to be named", "participants");
        }
        if (draft.wouldExceedLegs(command.participants().size())) {
            return Refusals.tooManyLegs(draft, "participants");
        }
        Dialling dialling = new Dialling(command.callerId(), command.ringTimeout());
        Invitation invitation =
                new Invitation(asker.callConnectionId(), command.callback(), command.operationContext());
        List<ParticipantsInvited.Invited> invited = command.participants().stream()
                .map(party -> new ParticipantsInvited.Invited(dialling.dial(draft, party, invitation, null), party))
                .toList();
        return draft.accept(new ParticipantsInvited(invited, command.operationContext()));
    }

    /**
     * The party answered. Who hears of it as the call being established needs no other result: nobody is told for the
     * answer that establishes, unless the application has left.
     */
    static void answered(CallDraft draft, Participant party, boolean establishes) {
        Invitation invitation = party.invitation();
        if (invitation == null) {
            return;
        }
        if (establishes && invitation.callConnectionId() != null) {
            draft.replaceQuietly(party.withInvitation(null));
        } else {
            tell(
                    draft,
                    party,
                    invitation,
                    Status.COMPLETED,
                    ResultInfo.of(EndReason.COMPLETED, "the participant answered"));
        }
    }

    /** The party's leg ended without an answer that counted. */
    static void failed(CallDraft draft, Participant party, ResultInfo reason) {
        Invitation invitation = party.invitation();
        if (invitation != null) {
            tell(draft, party, invitation, Status.FAILED, Operations.asFailure(reason));
        }
    }

    /** The application leaves; what it is owed becomes events of the server call, for the same callback. */
    static void outlive(CallDraft draft, Connection connection) {
        for (Participant party : draft.participants()) {
            Invitation invitation = party.invitation();
            if (invitation != null && connection.callConnectionId().equals(invitation.callConnectionId())) {
                Invitation orphaned =
                        new Invitation(null, callback(invitation, connection), invitation.operationContext());
                draft.replaceQuietly(party.withInvitation(orphaned));
            }
        }
    }

    private static void tell(
            CallDraft draft, Participant party, Invitation invitation, Status status, ResultInfo info) {
        draft.replaceQuietly(party.withInvitation(null));
        String callConnectionId = invitation.callConnectionId();
        Callback callback = callConnectionId == null
                ? invitation.callback()
                : draft.connection(callConnectionId)
                        .map(connection -> callback(invitation, connection))
                        .orElse(invitation.callback());
        if (callback == null) {
            throw new IllegalStateException("nobody to tell of the invitation of " + party.participantId());
        }
        draft.tell(
                callback,
                callConnectionId,
                new InviteParticipantResult(
                        party.participantId(), party.identifier(), invitation.operationContext(), status, info));
    }

    private static Callback callback(Invitation invitation, Connection connection) {
        Callback own = invitation.callback();
        return own == null ? connection.callback() : own;
    }
}
