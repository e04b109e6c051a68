package io.ringback.wire.callingserver;

import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.event.CallEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The event types of the native dialect, each with the event of the domain that it writes (native API §4). */
public enum EventType {
    CALL_CONNECTION_STATE_CHANGED("CallConnectionStateChanged", CallEvent.ConnectionStateChanged.class),
    DTMF_RECEIVED("DtmfReceived", CallEvent.DtmfReceived.class),
    PLAY_AUDIO_RESULT("PlayAudioResult", CallEvent.PlayResult.class),
    CANCEL_MEDIA_PROCESSING("CancelMediaProcessing", CallEvent.CancelMediaResult.class),
    INVITE_PARTICIPANT_RESULT("InviteParticipantResult", CallEvent.InviteParticipantResult.class),
    PARTICIPANTS_UPDATED("ParticipantsUpdated", CallEvent.ParticipantsUpdated.class),
    TRANSFER_CALL_RESULT("TransferCallResult", CallEvent.TransferResult.class),
    SEND_DTMF_RESULT("SendDtmfResult", CallEvent.SendDtmfResult.class),
    CALL_RECORDING_STATE_CHANGED("CallRecordingStateChanged", CallEvent.RecordingStateChanged.class),
    RECORDING_FILE_STATUS_UPDATED("RecordingFileStatusUpdated", CallEvent.RecordingFileStatusUpdated.class),
    INCOMING_CALL("IncomingCall", CallEvent.IncomingCallOffered.class),
    CALL_STARTED("CallStarted", CallEvent.CallStarted.class),
    CALL_ENDED("CallEnded", CallEvent.CallEnded.class),
    CALL_PARTICIPANT_ADDED("CallParticipantAdded", CallEvent.CallParticipantAdded.class),
    CALL_PARTICIPANT_REMOVED("CallParticipantRemoved", CallEvent.CallParticipantRemoved.class);

    private static final String PREFIX = "Microsoft.Communication.";
    private static final Map<Class<? extends CallEvent>, EventType> BY_EVENT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(t -> t.event, t -> t));

    private final String wireName;
    private final Class<? extends CallEvent> event;

    EventType(String name, Class<? extends CallEvent> event) {
        this.wireName = PREFIX + name;
        this.event = event;
    }

    /** The CloudEvents {@code type}. */
    public String wireName() {
        return wireName;
    }

    /** The type under which subscriptions are told this. */
    static EventType of(Announcement announcement) {
        return switch (announcement) {
            case INCOMING_CALL -> INCOMING_CALL;
            case CALL_STARTED -> CALL_STARTED;
            case CALL_ENDED -> CALL_ENDED;
            case CALL_PARTICIPANT_ADDED -> CALL_PARTICIPANT_ADDED;
            case CALL_PARTICIPANT_REMOVED -> CALL_PARTICIPANT_REMOVED;
        };
    }

    /** The type under which this event is sent. */
    public static EventType of(CallEvent event) {
        EventType type = BY_EVENT.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException("no event type is known for " + event.getClass());
        }
        return type;
    }
}
