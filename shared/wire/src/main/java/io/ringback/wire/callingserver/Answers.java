package io.ringback.wire.callingserver;

import io.ringback.core.call.Connection;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import io.ringback.wire.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of answers (native API §1 to §3 and §7). Members that have no value are left out. */
public final class Answers {
    private static final List<String> AUDIO = List.of("audio");

    private Answers() {}

    /** The answer to CreateCall. */
    public static String callCreated(Reply.CallCreated created) {
        return Json.write(new CallCreated(created.callConnectionId(), created.serverCallId()));
    }

    /** The answer to JoinCall. */
    public static String joined(Reply.Connected connected) {
        return Json.write(new Joined(connected.callConnectionId()));
    }

    /** The answer to InviteParticipants, in the order in which they were asked for. */
    public static String invited(Reply.ParticipantsInvited invited) {
        return Json.write(new ParticipantsInvited(
                invited.participants().stream()
                        .map(party -> new Invited(party.participantId(), IdentifierJson.of(party.identifier())))
                        .toList(),
                invited.operationContext()));
    }

    /** The roster: who rings or is connected. */
    public static String roster(ServerCall call) {
        return Json.write(call.liveLegs().stream().map(ParticipantJson::of).toList());
    }

    /** One Participant. */
    public static String participant(Participant participant) {
        return Json.write(ParticipantJson.of(participant));
    }

    /** CallConnectionProperties. */
    public static String connection(ServerCall call, Connection connection) {
        String alternate = connection.alternateCallerId();
        return Json.write(new CallConnectionProperties(
                connection.callConnectionId(),
                call.serverCallId(),
                IdentifierJson.of(connection.source()),
                connection.targets().stream().map(IdentifierJson::of).toList(),
                alternate == null ? null : new IdentifierJson.Phone(alternate),
                WireNames.of(connection.state()),
                connection.subject(),
                connection.callback().uri(),
                AUDIO,
                names(connection.requestedEvents()),
                connection.startedAt(),
                connection.establishedAt(),
                connection.endedAt(),
                ResultInfoJson.ofNullable(connection.endReason())));
    }

    /** The answer to AnswerCall. */
    public static String callAnswered(Reply.Connected connected) {
        return Json.write(new CallCreated(connected.callConnectionId(), connected.serverCallId()));
    }

    /** OperationResult of an operation that was accepted. */
    public static String operation(Reply.OperationAccepted accepted) {
        Accepted info = new Accepted(202, 0, "the operation was accepted; its end is told by an event");
        return Json.write(new OperationResult(
                accepted.operationId(), accepted.status().wireName(), accepted.operationContext(), info));
    }

    /** The answer to StartRecording. */
    public static String recordingStarted(Reply.RecordingStarted started) {
        return Json.write(new RecordingStarted(started.recordingId()));
    }

    /** The answer to GetRecording. */
    public static String recording(Recording recording, RecordingUrls urls) {
        Instant started = recording.startDateTime();
        return Json.write(new RecordingProperties(
                recording.recordingId(),
                recording.status().isActive() ? "active" : "inactive",
                WireNames.of(recording.status()),
                started,
                recording.durationMs(),
                recording.pauses(),
                recording.hasContent() ? urls.content(recording.recordingId()) : null));
    }

    /** The body of every error (native API §7). */
    public static String error(ErrorCode code, String message, @Nullable String target) {
        return Json.write(new ErrorBody(new ErrorJson(code.code(), message, target, List.of())));
    }

    private static List<String> names(Set<Connection.RequestedEvent> events) {
        return events.stream().sorted().map(WireNames::of).toList();
    }

    private record CallCreated(String callConnectionId, String serverCallId) {}

    private record Joined(String callConnectionId) {}

    private record ParticipantsInvited(
            List<Invited> participants, @Nullable String operationContext) {}

    private record Invited(String participantId, IdentifierJson identifier) {}

    private record CallConnectionProperties(
            String callConnectionId,
            String serverCallId,
            IdentifierJson source,
            List<IdentifierJson> targets,
            IdentifierJson.@Nullable Phone alternateCallerId,
            String callConnectionState,
            @Nullable String subject,
            URI callbackUri,
            List<String> requestedMediaTypes,
            List<String> requestedCallEvents,
            Instant startedAt,
            @Nullable Instant establishedAt,
            @Nullable Instant endedAt,
            @Nullable ResultInfoJson endReason) {}

    private record OperationResult(
            String operationId, String status, @Nullable String operationContext, Accepted resultInfo) {}

    /** A ResultInfo of what has no end yet and so no reason. */
    private record Accepted(int code, int subcode, String message) {}

    private record RecordingStarted(String recordingId) {}

    private record RecordingProperties(
            String recordingId,
            String recordingState,
            String recordingStatus,
            @Nullable Instant startDateTime,
            long durationMs,
            List<Pause> pauses,
            @Nullable URI contentUri) {}

    private record ErrorBody(ErrorJson error) {}

    private record ErrorJson(
            String code, String message, @Nullable String target, List<String> details) {}
}
