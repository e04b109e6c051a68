package io.ringback.core.command;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody outside wants of a call. */
public sealed interface CallCommand {
    /**
     * Places a call.
     *
     * @param gateway where it will live, chosen before the decision
     * @param subscribers whom it is announced to
     * @param alternateCallerId E.164 number to show to phone numbers
     * @param callerId the number that the trunk is shown, chosen by the caller-id policy
     */
    record CreateCall(
            GatewayRef gateway,
            List<Subscriber> subscribers,
            List<Identifier> targets,
            Identifier source,
            @Nullable String alternateCallerId,
            @Nullable String callerId,
            Callback callback,
            @Nullable String subject,
            Set<RequestedEvent> requestedEvents,
            Duration ringTimeout,
            @Nullable String operationContext)
            implements CallCommand {}

    /** Detaches the application; the call goes on if its rule says so. */
    record HangUp(String callConnectionId) implements CallCommand {}

    /** Ends the call for everybody. */
    record Terminate(String callConnectionId) implements CallCommand {}

    /**
     * Answers a call that came in.
     *
     * @param subscriptionId of the event subscription whose context is used
     */
    record AnswerCall(
            String subscriptionId,
            Callback callback,
            Set<RequestedEvent> requestedEvents,
            @Nullable String operationContext)
            implements CallCommand {}

    /** Refuses a call that came in. */
    record RejectCall(String subscriptionId, Reason reason) implements CallCommand {
        /** What the caller is told, as a SIP status: 480, 486, 403. */
        public enum Reason {
            NONE(480),
            BUSY(486),
            FORBIDDEN(403);

            private final int sipStatus;

            Reason(int sipStatus) {
                this.sipStatus = sipStatus;
            }

            public int sipStatus() {
                return sipStatus;
            }
        }
    }

    /**
     * Sends a call that came in on to somebody else; the application gets no connection.
     *
     * @param callerId the number that a trunk is shown
     */
    record RedirectCall(
            String subscriptionId,
            Identifier target,
            @Nullable String callerId) implements CallCommand {}

    /**
     * Attaches an application to a running call.
     *
     * @param source a label, not a party
     */
    record JoinCall(
            Identifier source,
            Callback callback,
            @Nullable String subject,
            Set<RequestedEvent> requestedEvents,
            @Nullable String operationContext)
            implements CallCommand {}

    /**
     * Brings further parties in.
     *
     * @param callConnectionId the connection that asks; null for out-of-call
     * @param callerId the number that a trunk is shown
     * @param callback where the results go; null means the connection's own
     */
    record InviteParticipants(
            @Nullable String callConnectionId,
            List<Identifier> participants,
            @Nullable String callerId,
            Duration ringTimeout,
            @Nullable String operationContext,
            @Nullable Callback callback)
            implements CallCommand {}

    /** Ends one party's leg. {@code callConnectionId} is null for out-of-call. */
    record RemoveParticipant(@Nullable String callConnectionId, String participantId) implements CallCommand {}

    /** Mutes or unmutes. */
    record MuteParticipant(String callConnectionId, String participantId, boolean muted) implements CallCommand {}

    /**
     * Puts a party on hold.
     *
     * @param music what it hears meanwhile, over and over; null for silence
     */
    record HoldParticipant(
            String callConnectionId,
            String participantId,
            @Nullable PromptSource music) implements CallCommand {}

    /** Ends the application's hold; the party's own stays. */
    record UnholdParticipant(String callConnectionId, String participantId) implements CallCommand {}

    /**
     * Connects the other party to somebody else and detaches the application when that one answers.
     *
     * @param transfereeId who is transferred; null when only one other party is connected
     */
    record TransferCall(
            String callConnectionId,
            Identifier target,
            @Nullable String transfereeId,
            @Nullable String callerId,
            Duration ringTimeout,
            @Nullable String operationContext)
            implements CallCommand {}

    /** Sends key presses to one party. */
    record SendDtmf(
            String callConnectionId,
            String participantId,
            List<Tone> tones,
            @Nullable String operationContext) implements CallCommand {}

    /**
     * Plays to all or to one.
     *
     * @param callConnectionId the connection that asks; null for out-of-call
     * @param participantId the only listener; null for all
     * @param callback where the result goes; null means the connection's own
     * @param stopOnTones the tones that end the play; empty for none
     */
    record Play(
            @Nullable String callConnectionId,
            @Nullable String participantId,
            PromptSource source,
            boolean loop,
            Set<Tone> stopOnTones,
            @Nullable String operationContext,
            @Nullable Callback callback)
            implements CallCommand {}

    /** Cancels every running and queued play and every sending of tones. */
    record CancelAllMediaOperations(
            String callConnectionId, @Nullable String operationContext) implements CallCommand {}

    /** Starts a recording of the call. */
    record StartRecording(Callback callback, Recording.Channels channels, Recording.Format format)
            implements CallCommand {}

    record PauseRecording(String recordingId) implements CallCommand {}

    record ResumeRecording(String recordingId) implements CallCommand {}

    record StopRecording(String recordingId) implements CallCommand {}

    /** Forgets the content of a finished recording; the file was deleted before. */
    record DeleteRecordingContent(String recordingId) implements CallCommand {}

    /** The gateway that owned the call is gone for good: everything ends in one commit. */
    record LoseGateway(GatewayRef gateway) implements CallCommand {}

    /**
     * An order could not be given in time or was refused; what it was for ends, with this reason: the leg of a dial or an
     * answer, unless it is connected all the same, a refusal's, a play, a sending of tones, a cancellation with what it
     * cancels, a recording that was to start. The end of a leg or a call counts as done. If the gateway could not be
     * reached, what is still wanted of a leg, a recording or a cancellation is ordered again.
     */
    record DropMediaCommand(MediaCommand dropped, EndReason reason, String message) implements CallCommand {}

    /**
     * Of the lost gateway's recordings that still recover nothing will come back: they have failed.
     *
     * @param begun those, too, that had begun and may lie on its disk
     */
    record GiveUpRecovery(GatewayRef gateway, boolean begun) implements CallCommand {}
}
