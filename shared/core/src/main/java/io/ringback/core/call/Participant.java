package io.ringback.core.call;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One party with one leg (a SIP dialog).
 *
 * @param leaving its leg was ordered to end, and the gateway has not reported its end yet; it may have ended for everybody else
 * @param holds who holds it: the application, the party itself, both or nobody
 * @param holdMusic what it hears, over and over, while the application holds it; null for silence
 * @param invitation whom the end of its ringing is still owed as a result; null when nobody waits for one
 * @param dtmfCount how many key presses it has sent: the last {@code sequenceId}
 * @param endReason why the leg ended, once it has
 */
@RecordBuilder
public record Participant(
        String participantId,
        Identifier identifier,
        State state,
        boolean leaving,
        boolean muted,
        Set<HeldBy> holds,
        @Nullable PromptSource holdMusic,
        @Nullable Invitation invitation,
        long dtmfCount,
        Instant invitedAt,
        @Nullable Instant connectedAt,
        @Nullable Instant endedAt,
        @Nullable ResultInfo endReason)
        implements ParticipantBuilder.With {

    /** A leg is live while ringing or connected. */
    public enum State {
        RINGING,
        CONNECTED,
        LEFT,
        FAILED
    }

    /** Who put a leg on hold. */
    public enum HeldBy {
        APPLICATION,
        PARTICIPANT
    }

    /**
     * A result that is owed: an InviteParticipantResult when the party answers or does not.
     *
     * @param callConnectionId the connection that asked, or null for an out-of-call invitation
     * @param callback where the result goes; null means the connection's own
     */
    public record Invitation(
            @Nullable String callConnectionId,
            @Nullable Callback callback,
            @Nullable String operationContext) {}

    public Participant {
        holds = Set.copyOf(holds);
    }

    /** A party that is being dialled, or that rings us. */
    public static Participant ringing(
            String participantId, Identifier identifier, @Nullable Invitation invitation, Instant now) {
        return new Participant(
                participantId,
                identifier,
                State.RINGING,
                false,
                false,
                Set.of(),
                null,
                invitation,
                0,
                now,
                null,
                null,
                null);
    }

    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    public boolean isOnHold() {
        return !holds.isEmpty();
    }

    public boolean isLive() {
        return state == State.RINGING || state == State.CONNECTED;
    }
}
