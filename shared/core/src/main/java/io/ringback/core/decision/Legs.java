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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to legs. */
final class Legs {
    private Legs() {}

    static void ringing(CallDraft draft, LegRinging event) {
        hangUpIfOver(draft, event.participantId());
    }

    static void connected(CallDraft draft, LegConnected event) {
        if (hangUpIfOver(draft, event.participantId())) {
            return;
        }
        Participant participant = draft.participant(event.participantId())
                .filter(Participant::isLive)
                .orElse(null);
        if (participant == null || participant.state() == State.CONNECTED) {
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
        ended(draft, event.participantId(), ResultInfo.of(event.reason(), event.sipStatus(), event.message()));
    }

    /** Ends a leg, if it still lives, and looks whether the call is over with it. */
    static void ended(CallDraft draft, String participantId, ResultInfo reason) {
        draft.participant(participantId).filter(Participant::isLive).ifPresent(participant -> {
            end(draft, participant, reason);
            Transfers.legEnded(draft, participant, reason);
            CallEnd.afterLeg(draft, reason);
        });
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

    /** A leg that shows life after its call is over is a ghost. */
    private static boolean hangUpIfOver(CallDraft draft, String participantId) {
        if (draft.state() != CallState.TERMINATED) {
            return false;
        }
        draft.order(new HangUpLeg(participantId, EndReason.CANCELLED, draft.orderDeadline()));
        return true;
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
