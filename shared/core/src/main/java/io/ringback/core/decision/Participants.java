package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Participant.HeldBy;
import io.ringback.core.command.CallCommand.HoldParticipant;
import io.ringback.core.command.CallCommand.MuteParticipant;
import io.ringback.core.command.CallCommand.RemoveParticipant;
import io.ringback.core.command.CallCommand.UnholdParticipant;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaCommand.SetLeg.Sounding;
import io.ringback.core.media.MediaEvent.LegHeld;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** What is done to a single participant: ended, muted, held. What holds already is a success without an effect. */
final class Participants {
    private Participants() {}

    /** Ends one leg, ringing or connected, also before the call is established and while a transfer is under way. */
    static Decision remove(CallDraft draft, RemoveParticipant command) {
        String callConnectionId = command.callConnectionId();
        Connection connection = callConnectionId == null
                ? null
                : draft.connection(callConnectionId).orElse(null);
        if (callConnectionId != null && connection == null) {
            return Refusals.notFound("callConnectionId", callConnectionId);
        }
        Participant participant = draft.participant(command.participantId()).orElse(null);
        if (participant == null) {
            return Refusals.notFound("participantId", command.participantId());
        }
        if (!participant.isLive() || !draft.state().isOpen()) {
            return draft.accept(new Reply.Done());
        }
        if (connection != null && !connection.state().isOpen()) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE,
                    "the application has left the call, which goes on without it",
                    "callConnectionId");
        }
        if (connection == null && draft.state() == CallState.ESTABLISHING) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE,
                    "cannot remove a participant: the call is establishing, it has to be established",
                    "serverCallId");
        }
        hangUp(draft, participant, EndReason.HUNG_UP_BY_APPLICATION);
        return draft.accept(new Reply.Done());
    }

    /** Orders the end of a live leg, once: asked for again, it is under way already. */
    static void hangUp(CallDraft draft, Participant participant, EndReason reason) {
        if (!participant.leaving()) {
            draft.replaceQuietly(participant.withLeaving(true));
            draft.order(new HangUpLeg(participant.participantId(), reason, draft.orderDeadline()));
        }
    }

    static Decision mute(CallDraft draft, MuteParticipant command) {
        String what = command.muted() ? "mute" : "unmute";
        return onConnected(draft, command.callConnectionId(), command.participantId(), what, participant -> {
            if (participant.muted() != command.muted()) {
                Participant changed = participant.withMuted(command.muted());
                draft.replace(changed);
                set(draft, changed, sounding(participant));
            }
            return draft.accept(new Reply.Done());
        });
    }

    static Decision hold(CallDraft draft, HoldParticipant command) {
        return onConnected(draft, command.callConnectionId(), command.participantId(), "hold", participant -> {
            boolean held = participant.holds().contains(HeldBy.APPLICATION);
            if (!held || !Objects.equals(participant.holdMusic(), command.music())) {
                Participant changed = with(participant, HeldBy.APPLICATION).withHoldMusic(command.music());
                if (held) {
                    draft.replaceQuietly(changed);
                } else {
                    draft.replace(changed);
                }
                set(draft, changed, sounding(participant));
            }
            return draft.accept(new Reply.Done());
        });
    }

    static Decision unhold(CallDraft draft, UnholdParticipant command) {
        return onConnected(draft, command.callConnectionId(), command.participantId(), "unhold", participant -> {
            if (participant.holds().contains(HeldBy.APPLICATION)) {
                Participant changed = without(participant, HeldBy.APPLICATION).withHoldMusic(null);
                draft.replace(changed);
                set(draft, changed, sounding(participant));
            }
            return draft.accept(new Reply.Done());
        });
    }

    /** The phone held the leg, or took it off. The gateway has done so already. */
    static void heldByPhone(CallDraft draft, LegHeld event) {
        draft.participant(event.participantId())
                .filter(Participant::isConnected)
                .filter(participant -> participant.holds().contains(HeldBy.PARTICIPANT) != event.held())
                .ifPresent(participant -> draft.replace(
                        event.held()
                                ? with(participant, HeldBy.PARTICIPANT)
                                : without(participant, HeldBy.PARTICIPANT)));
    }

    /** Lifts what the application has put on a party: mute and hold. */
    static void release(CallDraft draft, Participant participant) {
        if (participant.muted() || participant.holds().contains(HeldBy.APPLICATION)) {
            Participant released = without(participant, HeldBy.APPLICATION)
                    .with()
                    .muted(false)
                    .holdMusic(null)
                    .build();
            draft.replace(released);
            set(draft, released, sounding(participant));
        }
    }

    /**
     * The gateway does not take the last order for how a leg sounds: what held before holds on, and is shown. It is
     * ordered anew, since the order for that may have been refused too; what a later order wants is left to that one.
     */
    static void refused(CallDraft draft, SetLeg order) {
        Sounding before = order.before();
        draft.participant(order.participantId())
                .filter(participant -> draft.state().isOpen() && participant.isConnected())
                .filter(participant -> sounding(participant).equals(order.wanted()) && !before.equals(order.wanted()))
                .ifPresent(participant -> {
                    Participant held = before.held()
                            ? with(participant, HeldBy.APPLICATION)
                            : without(participant, HeldBy.APPLICATION);
                    Participant back = held.with()
                            .muted(before.muted())
                            .holdMusic(before.music())
                            .build();
                    draft.replace(back);
                    set(draft, back, Sounding.PLAIN);
                });
    }

    /** Orders again how a leg sounds, if that is still wanted. */
    static void insist(CallDraft draft, SetLeg dropped) {
        draft.participant(dropped.participantId())
                .filter(Participant::isConnected)
                .filter(participant -> sounding(participant).equals(dropped.wanted()))
                .ifPresent(participant -> set(draft, participant, dropped.before()));
    }

    /** Asks the rule if an established connection names a participant that is connected. */
    static Decision onConnected(
            CallDraft draft,
            String callConnectionId,
            String participantId,
            String what,
            Function<Participant, Decision> rule) {
        return Asker.onEstablished(
                draft, callConnectionId, null, what, asker -> onConnected(draft, participantId, what, rule));
    }

    /** Asks the rule if the participant is connected. */
    static Decision onConnected(
            CallDraft draft, String participantId, String what, Function<Participant, Decision> rule) {
        Participant participant = draft.participant(participantId).orElse(null);
        if (participant == null) {
            return Refusals.notFound("participantId", participantId);
        }
        if (!participant.isConnected()) {
            return new Decision.Rejected(
                    ErrorCode.WRONG_STATE,
                    "cannot " + what + ": the participant is "
                            + participant.state().name().toLowerCase(Locale.ROOT) + ", it has to be connected",
                    "participantId");
        }
        return rule.apply(participant);
    }

    /** Orders the whole wanted state of the leg. */
    private static void set(CallDraft draft, Participant participant, Sounding before) {
        Sounding wanted = sounding(participant);
        draft.order(new SetLeg(
                participant.participantId(),
                wanted.muted(),
                wanted.held(),
                wanted.music(),
                before,
                draft.orderDeadline()));
    }

    /** What the application wants of the leg. */
    private static Sounding sounding(Participant participant) {
        return new Sounding(
                participant.muted(), participant.holds().contains(HeldBy.APPLICATION), participant.holdMusic());
    }

    private static Participant with(Participant participant, HeldBy holder) {
        Set<HeldBy> holds = EnumSet.of(holder);
        holds.addAll(participant.holds());
        return participant.withHolds(holds);
    }

    private static Participant without(Participant participant, HeldBy holder) {
        Set<HeldBy> holds = EnumSet.complementOf(EnumSet.of(holder));
        holds.retainAll(participant.holds());
        return participant.withHolds(holds);
    }
}
