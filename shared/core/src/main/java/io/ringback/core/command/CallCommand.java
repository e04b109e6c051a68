package io.ringback.core.command;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
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
     * @param alternateCallerId E.164 number to show to phone numbers
     * @param callerId the number that the trunk is shown, chosen by the caller-id policy
     */
    record CreateCall(
            GatewayRef gateway,
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
     * Plays to all.
     *
     * @param callConnectionId the connection that asks
     * @param callback where the result goes; null means the connection's own
     * @param stopOnTones the tones that end the play; empty for none
     */
    record Play(
            String callConnectionId,
            PromptSource source,
            boolean loop,
            Set<Tone> stopOnTones,
            @Nullable String operationContext,
            @Nullable Callback callback)
            implements CallCommand {}

    /** Cancels every running and queued play. */
    record CancelAllMediaOperations(
            String callConnectionId, @Nullable String operationContext) implements CallCommand {}

    /** Starts a recording of the call. */
    record StartRecording(Callback callback, Recording.Channels channels, Recording.Format format)
            implements CallCommand {}

    record PauseRecording(String recordingId) implements CallCommand {}

    record ResumeRecording(String recordingId) implements CallCommand {}

    record StopRecording(String recordingId) implements CallCommand {}

    /** The gateway that owned the call is gone for good: everything ends in one commit. */
    record LoseGateway(GatewayRef gateway) implements CallCommand {}

    /**
     * An order could not be given in time or was refused; what it was for ends, with this reason. Applies to a dial
     * (the leg fails), a play, a cancel and the start of a recording; the end of a leg or a call counts as done.
     */
    record DropMediaCommand(MediaCommand dropped, EndReason reason, String message) implements CallCommand {}

    /** The lost gateway's disk did not come back in time: its recordings that still recover have failed. */
    record GiveUpRecovery(GatewayRef gateway) implements CallCommand {}
}
