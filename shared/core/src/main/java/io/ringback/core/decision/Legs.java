package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Participant.State;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.event.CallEvent.DtmfReceived;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.TonePressed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to legs. */
final class Legs {
    private Legs() {}

    static void ringing(CallDraft draft, LegRinging event) {
        if (live(draft, event.participantId()).isEmpty()) {
            hangUpGhost(draft, event.participantId());
        }
    }

    static void connected(CallDraft draft, LegConnected event) {
        Participant participant = live(draft, event.participantId()).orElse(null);
        if (participant == null) {
            hangUpGhost(draft, event.participantId());
            draft.participant(event.participantId())
                    .ifPresent(ghost -> draft.replaceQuietly(ghost.withConnectedAt(draft.now())));
            return;
        }
        if (participant.isConnected()) {
            return;
        }
        Participant connected = moved(participant, State.CONNECTED, draft.now(), null, null);
        draft.replace(connected);
        Announcements.connected(draft, connected);
        boolean establishes = draft.state() == CallState.ESTABLISHING;
        if (establishes) {
            establish(draft);
        }
        if (draft.state().isOpen()) {
            Invitations.answered(draft, connected, establishes);
            Transfers.answered(draft, connected);
        }
    }

    static void ended(CallDraft draft, LegEnded event) {
        draft.participant(event.participantId()).ifPresent(leg -> draft.replaceQuietly(leg.withLeaving(false)));
        ended(draft, event.participantId(), ResultInfo.of(event.reason(), event.sipStatus(), event.message()));
    }

    /** Ends a leg, if it still lives, and looks whether the call is over with it. */
    static void ended(CallDraft draft, String participantId, ResultInfo reason) {
        live(draft, participantId).ifPresent(participant -> {
            end(draft, participant, reason);
            Transfers.legEnded(draft, participant, reason);
            CallEnd.afterLeg(draft, reason);
        });
    }

    /** Ends a leg of whose end the gateway has not told: it may live on there, and is leaving until then. */
    static void giveUp(CallDraft draft, String participantId, ResultInfo reason) {
        live(draft, participantId).ifPresent(leg -> draft.replaceQuietly(leg.withLeaving(true)));
        ended(draft, participantId, reason);
    }

    /**
     * The order to dial or to answer a leg was dropped. If the leg is connected the order was heard all the same, and the
     * leg's end is told when it comes; else the leg has failed, and if only the answer was lost it is to stop ringing.
     */
    static void neverBegun(CallDraft draft, String participantId, ResultInfo reason) {
        live(draft, participantId).filter(leg -> !leg.isConnected()).ifPresent(leg -> {
            giveUp(draft, participantId, reason);
            if (reason.reason() == EndReason.UNREACHABLE) {
                hangUpGhost(draft, participantId);
            }
        });
    }

    /** Ends every leg at once, then the call, as {@link #giveUp} does one. */
    static void allGivenUp(CallDraft draft, ResultInfo reason) {
        draft.liveLegs().forEach(leg -> draft.replaceQuietly(leg.withLeaving(true)));
        allLost(draft, reason);
    }

    /** Whether a leg that is over for everybody may live on: its end was not reported, and it cannot have ended alone. */
    static boolean mayLive(CallDraft draft, String participantId) {
        Participant leg = draft.participant(participantId).orElse(null);
        if (leg == null || !leg.leaving() || leg.endedAt() == null) {
            return false;
        }
        Duration longest = leg.connectedAt() == null ? Limits.LONGEST_RINGING : Limits.LONGEST_CALL;
        return draft.now().isBefore(leg.endedAt().plus(longest));
    }

    /** Ends every leg at once, then the call: one roster event, one end. */
    static void allLost(CallDraft draft, ResultInfo reason) {
        draft.liveLegs().forEach(leg -> end(draft, leg, reason));
        CallEnd.afterAllLegs(draft, reason);
    }

    /** Tells of a key press; while a transfer is under way nobody listens for one. */
    static void pressed(CallDraft draft, TonePressed event) {
        Participant participant = draft.participant(event.participantId())
                .filter(p -> p.state() == State.CONNECTED)
                .orElse(null);
        if (participant == null || !draft.state().isOpen() || draft.state() == CallState.TRANSFERRING) {
            return;
        }
        long count = participant.dtmfCount() + 1;
        draft.replaceQuietly(participant.withDtmfCount(count));
        for (Connection connection : draft.openConnections()) {
            if (connection.requestedEvents().contains(RequestedEvent.DTMF_RECEIVED)) {
                draft.tell(connection, new DtmfReceived(participant.participantId(), count, event.tone()));
            }
        }
    }

    private static void establish(CallDraft draft) {
        draft.establish();
        for (Connection connection : draft.openConnections()) {
            Connection established = connection
                    .with()
                    .state(CallState.ESTABLISHED)
                    .establishedAt(draft.now())
                    .build();
            draft.replace(established);
            draft.tell(
                    established,
                    new ConnectionStateChanged(CallState.ESTABLISHED, null, connection.operationContext()));
        }
    }

    private static Optional<Participant> live(CallDraft draft, String participantId) {
        return draft.participant(participantId).filter(Participant::isLive);
    }

    /** Of a leg that is over for everybody, or was forgotten since. */
    private static void hangUpGhost(CallDraft draft, String participantId) {
        draft.participant(participantId).ifPresent(ghost -> draft.replaceQuietly(ghost.withLeaving(true)));
        draft.order(new HangUpLeg(participantId, EndReason.CANCELLED, draft.orderDeadline()));
    }

    private static void end(CallDraft draft, Participant leg, ResultInfo reason) {
        State state = leg.state() == State.CONNECTED ? State.LEFT : State.FAILED;
        Participant ended =
                moved(leg, state, leg.connectedAt(), draft.now(), reason).withHoldMusic(null);
        draft.replace(ended);
        Invitations.failed(draft, ended, reason);
        if (state == State.LEFT) {
            Announcements.gone(draft, ended, reason);
        }
    }

    private static Participant moved(
            Participant p,
            State state,
            @Nullable Instant connectedAt,
            @Nullable Instant endedAt,
            @Nullable ResultInfo endReason) {
        return p.with()
                .state(state)
                .connectedAt(connectedAt)
                .endedAt(endedAt)
                .endReason(endReason)
                .build();
    }
}
