package io.ringback.wire.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaReport;
import io.ringback.wire.json.Json;
import java.util.List;

/**
 * JSON and paths of the control API.
 *
 * <pre>
 * PUT /calls/{serverCallId}                            EndCall
 * PUT /calls/{serverCallId}/legs/{participantId}       DialLeg, AnswerLeg, RejectLeg, SetLeg, HangUpLeg
 * PUT /calls/{serverCallId}/operations/{operationId}   Play, SendTones, CancelMedia
 * PUT /calls/{serverCallId}/recordings/{recordingId}   SetRecording
 *     200 {"status": "accepted" | "alreadyApplied"}   400 malformed   401 token   409 {"error": {"code": "epochMismatch"}}
 *     429 a wrong token too often, 503 not ready, both with Retry-After
 * GET /calls/{serverCallId}                            snapshot: legs, operations, recordings, last numbers
 * GET /calls/{serverCallId}/events?after=n             {"events": [MediaReport …]}, ascending
 * GET /health                                          {"gatewayId", "epoch", "ready", "legs", "capacity"}
 * GET /gauges                                          {name: number …}, what the gateway holds and has counted
 * </pre>
 *
 * All with {@code Authorization: Bearer <control token>}. Records are written member by member; commands, events and
 * prompt sources have a member {@code type} with the name of their record; decoding refuses whatever it does not know.
 */
public final class GatewayProtocol {
    private GatewayProtocol() {}

    /** The path below the control address to which the command is PUT. */
    public static String path(CommandEnvelope envelope) {
        String call = "/calls/" + envelope.serverCallId();
        MediaCommand command = envelope.command();
        if (command instanceof MediaCommand.DialLeg dial) {
            return call + "/legs/" + dial.participantId();
        }
        if (command instanceof MediaCommand.AnswerLeg answer) {
            return call + "/legs/" + answer.participantId();
        }
        if (command instanceof MediaCommand.RejectLeg reject) {
            return call + "/legs/" + reject.participantId();
        }
        if (command instanceof MediaCommand.SetLeg set) {
            return call + "/legs/" + set.participantId();
        }
        if (command instanceof MediaCommand.HangUpLeg hangUp) {
            return call + "/legs/" + hangUp.participantId();
        }
        if (command instanceof MediaCommand.Play play) {
            return call + "/operations/" + play.operationId();
        }
        if (command instanceof MediaCommand.SendTones tones) {
            return call + "/operations/" + tones.operationId();
        }
        if (command instanceof MediaCommand.CancelMedia cancel) {
            return call + "/operations/" + cancel.operationId();
        }
        if (command instanceof MediaCommand.SetRecording recording) {
            return call + "/recordings/" + recording.recordingId();
        }
        return call;
    }

    public static String encode(CommandEnvelope envelope) {
        return Json.write(envelope);
    }

    /** @throws IllegalArgumentException with a message for people when this is not an envelope */
    public static CommandEnvelope decodeCommand(String json) {
        return decode(json, CommandEnvelope.class, "media command");
    }

    /** The body of a message of the media-events queue, and an element of the events list. */
    public static String encode(MediaReport report) {
        return Json.write(report);
    }

    /** @throws IllegalArgumentException with a message for people when this is not a report */
    public static MediaReport decodeReport(String json) {
        return decode(json, MediaReport.class, "media report");
    }

    /** The answer to {@code GET /calls/{serverCallId}/events?after=n}. */
    public static String encodeEvents(List<MediaReport> reports) {
        return Json.write(new EventList(List.copyOf(reports)));
    }

    /** @throws IllegalArgumentException with a message for people when this is not a list of reports */
    public static List<MediaReport> decodeEvents(String json) {
        return List.copyOf(
                decode(json, EventList.class, "list of media reports").events());
    }

    private static <T> T decode(String json, Class<T> type, String what) {
        try {
            T value = Json.mapper().readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("not a " + what + ": null");
            }
            return value;
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException("not a " + what + ": " + place(e) + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a " + what + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Where it went wrong, e.g. {@code command.target.rawId: }. */
    private static String place(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "" : path + ": ";
    }

    private record EventList(List<MediaReport> events) {}
}
