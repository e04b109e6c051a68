package io.ringback.core.decision;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.command.CallCommand.DropMediaCommand;
import io.ringback.core.command.CallCommand.GiveUpRecovery;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.RejectLeg;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import java.time.Instant;

/** What becomes of a call when the gateway, or a single order to it, is lost. */
final class Losses {
    private Losses() {}

    /** Everything ends in one commit; recordings wait for the gateway's disk. */
    static Decision gatewayLost(CallDraft draft, GatewayRef pinnedTo, GatewayRef lost) {
        if (pinnedTo.equals(lost)) {
            ResultInfo reason = ResultInfo.of(EndReason.GATEWAY_LOST, "the media gateway was lost");
            RecordingReports.recover(draft, reason);
            Legs.allLost(draft, reason);
        }
        return draft.accept(new Reply.Done());
    }

    static Decision giveUpRecovery(CallDraft draft, GatewayRef pinnedTo, GiveUpRecovery command) {
        if (pinnedTo.equals(command.gateway())) {
            ResultInfo reason =
                    ResultInfo.of(EndReason.GATEWAY_LOST, "the media gateway that held the recording did not return");
            for (Recording recording : draft.recordings()) {
                boolean hopeless = command.begun() || recording.startDateTime() == null;
                if (hopeless && recording.status() == Recording.Status.RECOVERING) {
                    RecordingReports.giveUp(draft, recording, reason);
                }
            }
        }
        return draft.accept(new Reply.Done());
    }

    static Decision orderDropped(CallDraft draft, DropMediaCommand command) {
        ResultInfo reason = ResultInfo.of(command.reason(), command.message());
        if (command.dropped() instanceof DialLeg dial) {
            Legs.notBegun(draft, dial.participantId(), reason);
        } else if (command.dropped() instanceof HangUpLeg hangUp) {
            Legs.ended(draft, hangUp.participantId(), reason);
        } else if (command.dropped() instanceof AnswerLeg answer) {
            Legs.notBegun(draft, answer.participantId(), reason);
        } else if (command.dropped() instanceof RejectLeg reject) {
            Legs.ended(draft, reject.participantId(), reason);
        } else if (command.dropped() instanceof EndCall) {
            Legs.allLost(draft, reason);
        } else if (command.dropped() instanceof Play play) {
            draft.operation(play.operationId()).ifPresent(o -> Operations.fail(draft, o, reason));
        } else if (command.dropped() instanceof SendTones tones) {
            draft.operation(tones.operationId()).ifPresent(o -> Operations.fail(draft, o, reason));
        } else if (command.dropped() instanceof CancelMedia cancel) {
            draft.operation(cancel.operationId())
                    .filter(Cancellations::isOne)
                    .ifPresent(o -> Operations.fail(draft, o, reason));
        } else if (command.dropped() instanceof SetLeg leg) {
            Participants.refused(draft, leg);
        } else if (command.dropped() instanceof SetRecording recording) {
            RecordingReports.dropped(draft, recording, reason);
        }
        if (command.reason() == EndReason.UNREACHABLE) {
            insist(draft, command.dropped());
        }
        return draft.accept(new Reply.Done());
    }

    /**
     * Orders again what ends something that goes on at the gateway until it is told: everybody believes that it is over.
     * After the longest call nothing can go on.
     */
    private static void insist(CallDraft draft, MediaCommand dropped) {
        if (draft.now().isAfter(draft.startedAt().plus(Limits.LONGEST_CALL))) {
            return;
        }
        Instant notAfter = draft.orderDeadline();
        if (dropped instanceof EndCall end) {
            if (end.participantIds().stream().anyMatch(leg -> stays(draft, leg))) {
                draft.order(new EndCall(end.participantIds(), end.reason(), notAfter));
            }
        } else if (dropped instanceof HangUpLeg hangUp && stays(draft, hangUp.participantId())) {
            draft.order(new HangUpLeg(hangUp.participantId(), hangUp.reason(), notAfter));
        } else if (dropped instanceof CancelMedia cancel && draft.state().isOpen()) {
            draft.order(new CancelMedia(cancel.operationId(), cancel.canceledOperationIds(), notAfter));
        } else if (dropped instanceof SetRecording recording) {
            Recordings.insist(draft, recording);
        }
    }

    /** Who was connected stays until hung up; who only rings stops, or is hung up as a ghost after the answer. */
    private static boolean stays(CallDraft draft, String participantId) {
        return draft.participant(participantId)
                .map(leg -> leg.connectedAt() != null)
                .orElse(true);
    }
}
