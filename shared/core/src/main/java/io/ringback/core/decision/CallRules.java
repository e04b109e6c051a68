package io.ringback.core.decision;

import io.ringback.core.call.Connection;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Ids;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** The door to the domain's decisions. Pure: the same arguments give the same answer. */
public final class CallRules {
    private CallRules() {}

    /** Decides about a call that does not exist yet. */
    public static Decision create(CallCommand.CreateCall command, Instant now, Ids ids) {
        return bounded(CallSetup.create(command, now, ids), 0);
    }

    /**
     * The call that the gateway's first reports of it make: the first is a CallOffered, numbered 1, the others follow
     * without a gap.
     *
     * @param subscribers whom it is announced to
     * @throws IllegalArgumentException when it does not begin with a CallOffered
     */
    public static Decision.Accepted begin(
            List<MediaReport> reports, List<Subscriber> subscribers, Instant now, Ids ids) {
        MediaReport first = reports.get(0);
        if (first.number() != 1 || !(first.event() instanceof CallOffered offer)) {
            throw new IllegalArgumentException("no call begins with " + first);
        }
        CallDraft draft = CallSetup.offered(first, offer, subscribers, now, ids);
        return apply(draft, reports.subList(1, reports.size()));
    }

    /**
     * Decides about a command for a call that is there.
     *
     * @throws IllegalArgumentException for CreateCall, which has no call
     */
    public static Decision decide(ServerCall call, CallCommand command, Instant now, Ids ids) {
        Decision decision = carryOut(call, command, now, ids);
        // What only ends things is always possible; how many of these run at once is bounded.
        boolean ends = command instanceof CallCommand.CancelAllMediaOperations;
        return ends ? decision : bounded(decision, Weight.of(call));
    }

    /** Refuses what makes a call heavier than it may be; what leaves it as it is or makes it lighter is always taken. */
    private static Decision bounded(Decision decision, long before) {
        if (!(decision instanceof Decision.Accepted accepted)) {
            return decision;
        }
        long weight = Weight.of(accepted.next());
        return weight > Limits.WEIGHT && weight > before ? Refusals.tooHeavy() : decision;
    }

    private static Decision carryOut(ServerCall call, CallCommand command, Instant now, Ids ids) {
        CallDraft draft = CallDraft.of(call, now, ids);
        if (command instanceof CallCommand.HangUp c) {
            return onConnection(call, c.callConnectionId(), draft, CallEnd::hangUp);
        } else if (command instanceof CallCommand.Terminate c) {
            return onConnection(call, c.callConnectionId(), draft, CallEnd::terminate);
        } else if (command instanceof CallCommand.AnswerCall c) {
            return IncomingCalls.answer(draft, c);
        } else if (command instanceof CallCommand.RejectCall c) {
            return IncomingCalls.reject(draft, c);
        } else if (command instanceof CallCommand.RedirectCall c) {
            return IncomingCalls.redirect(draft, c);
        } else if (command instanceof CallCommand.InviteParticipants c) {
            return Invitations.invite(draft, c);
        } else if (command instanceof CallCommand.RemoveParticipant c) {
            return Participants.remove(draft, c);
        } else if (command instanceof CallCommand.MuteParticipant c) {
            return Participants.mute(draft, c);
        } else if (command instanceof CallCommand.HoldParticipant c) {
            return Participants.hold(draft, c);
        } else if (command instanceof CallCommand.UnholdParticipant c) {
            return Participants.unhold(draft, c);
        } else if (command instanceof CallCommand.JoinCall c) {
            return Joining.join(draft, c);
        } else if (command instanceof CallCommand.TransferCall c) {
            return Transfers.transfer(draft, c);
        } else if (command instanceof CallCommand.SendDtmf c) {
            return ToneSendings.send(draft, c);
        } else if (command instanceof CallCommand.Play c) {
            return Plays.play(draft, c);
        } else if (command instanceof CallCommand.CancelAllMediaOperations c) {
            return Cancellations.cancelAll(draft, c);
        } else if (command instanceof CallCommand.StartRecording c) {
            return Recordings.start(draft, c);
        } else if (command instanceof CallCommand.PauseRecording c) {
            return onRecording(call, c.recordingId(), draft, Recordings::pause);
        } else if (command instanceof CallCommand.ResumeRecording c) {
            return onRecording(call, c.recordingId(), draft, Recordings::resume);
        } else if (command instanceof CallCommand.StopRecording c) {
            return onRecording(call, c.recordingId(), draft, Recordings::stop);
        } else if (command instanceof CallCommand.DeleteRecordingContent c) {
            return onRecording(call, c.recordingId(), draft, Recordings::deleteContent);
        } else if (command instanceof CallCommand.LoseGateway c) {
            return Losses.gatewayLost(draft, call.gateway(), c.gateway());
        } else if (command instanceof CallCommand.GiveUpRecovery c) {
            return Losses.giveUpRecovery(draft, call.gateway(), c);
        } else if (command instanceof CallCommand.DropMediaCommand c) {
            return Losses.orderDropped(draft, c);
        }
        throw new IllegalArgumentException("not a command for a call that is there: " + command);
    }

    /**
     * Applies the next media events, the first of them numbered {@code call.lastAppliedEvent() + 1}, as one change. An
     * event that cannot apply changes nothing but the number.
     */
    public static Decision.Accepted apply(ServerCall call, List<MediaReport> reports, Instant now, Ids ids) {
        return apply(CallDraft.of(call, now, ids), reports);
    }

    private static Decision.Accepted apply(CallDraft draft, List<MediaReport> reports) {
        for (MediaReport report : reports) {
            draft.applied(report.number());
            apply(draft, report.event());
        }
        return draft.accept(new Reply.Done());
    }

    private static void apply(CallDraft draft, MediaEvent event) {
        if (event instanceof MediaEvent.LegRinging e) {
            Legs.ringing(draft, e);
        } else if (event instanceof MediaEvent.LegConnected e) {
            Legs.connected(draft, e);
        } else if (event instanceof MediaEvent.LegEnded e) {
            Legs.ended(draft, e);
        } else if (event instanceof MediaEvent.LegHeld e) {
            Participants.heldByPhone(draft, e);
        } else if (event instanceof MediaEvent.TonePressed e) {
            Legs.pressed(draft, e);
        } else if (event instanceof MediaEvent.PlayStarted e) {
            Plays.started(draft, e);
        } else if (event instanceof MediaEvent.PlayEnded e) {
            Plays.ended(draft, e);
        } else if (event instanceof MediaEvent.TonesSent e) {
            ToneSendings.sent(draft, e);
        } else if (event instanceof MediaEvent.MediaCancelled e) {
            Cancellations.tookEffect(draft, e);
        } else if (event instanceof MediaEvent.RecordingChanged e) {
            RecordingReports.changed(draft, e);
        } else if (event instanceof MediaEvent.RecordingFile e) {
            RecordingReports.file(draft, e);
        }
    }

    private static Decision onConnection(
            ServerCall call, String id, CallDraft draft, BiFunction<CallDraft, Connection, Decision> rule) {
        return call.connection(id)
                .map(connection -> rule.apply(draft, connection))
                .orElseGet(() -> Refusals.notFound("callConnectionId", id));
    }

    private static Decision onRecording(
            ServerCall call, String id, CallDraft draft, BiFunction<CallDraft, Recording, Decision> rule) {
        return call.recording(id)
                .map(recording -> rule.apply(draft, recording))
                .orElseGet(() -> Refusals.notFound("recordingId", id));
    }
}
