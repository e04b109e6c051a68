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
        MediaCommand dropped = command.dropped();
        ResultInfo reason = ResultInfo.of(command.reason(), command.message());
        boolean unreachable = command.reason() == EndReason.UNREACHABLE;
        if (dropped instanceof DialLeg dial) {
            Legs.neverBegun(draft, dial.participantId(), reason);
        } else if (dropped instanceof AnswerLeg answer) {
            Legs.neverBegun(draft, answer.participantId(), reason);
        } else if (dropped instanceof HangUpLeg hangUp) {
            Legs.giveUp(draft, hangUp.participantId(), reason);
        } else if (dropped instanceof RejectLeg reject) {
            Legs.giveUp(draft, reject.participantId(), reason);
        } else if (dropped instanceof EndCall) {
            Legs.allGivenUp(draft, reason);
        } else if (dropped instanceof Play play) {
            draft.operation(play.operationId()).ifPresent(o -> Operations.fail(draft, o, reason));
        } else if (dropped instanceof SendTones tones) {
            draft.operation(tones.operationId()).ifPresent(o -> Operations.fail(draft, o, reason));
        } else if (dropped instanceof CancelMedia cancel) {
            Cancellations.dropped(draft, cancel, reason);
        } else if (dropped instanceof SetLeg leg && !unreachable) {
            Participants.refused(draft, leg);
        } else if (dropped instanceof SetRecording recording) {
            RecordingReports.dropped(draft, recording, reason);
        }
        if (unreachable) {
            insist(draft, dropped);
        }
        return draft.accept(new Reply.Done());
    }

    /**
     * Orders again what everybody believes to hold, until the gateway hears it: the end of legs as long as they may live,
     * all else while the call goes on, for its end ends that too.
     */
    private static void insist(CallDraft draft, MediaCommand dropped) {
        Instant notAfter = draft.orderDeadline();
        if (dropped instanceof EndCall end) {
            if (end.participantIds().stream().anyMatch(leg -> Legs.mayLive(draft, leg))) {
                draft.order(new EndCall(end.participantIds(), end.reason(), notAfter));
            }
        } else if (dropped instanceof HangUpLeg hangUp) {
            if (Legs.mayLive(draft, hangUp.participantId())) {
                draft.order(new HangUpLeg(hangUp.participantId(), hangUp.reason(), notAfter));
            }
        } else if (draft.state().isOpen()) {
            if (dropped instanceof CancelMedia cancel) {
                draft.order(new CancelMedia(cancel.operationId(), cancel.canceledOperationIds(), notAfter));
            } else if (dropped instanceof SetLeg leg) {
                Participants.insist(draft, leg);
            } else if (dropped instanceof SetRecording recording) {
                Recordings.insist(draft, recording);
            }
        }
    }
}
