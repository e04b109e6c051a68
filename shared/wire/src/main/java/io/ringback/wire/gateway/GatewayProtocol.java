package io.ringback.wire.gateway;

import io.ringback.core.media.MediaReport;

/**
 * JSON and paths of the control API.
 *
 * <pre>
 * PUT /calls/{serverCallId}                            EndCall
 * PUT /calls/{serverCallId}/legs/{participantId}       DialLeg, HangUpLeg
 * PUT /calls/{serverCallId}/operations/{operationId}   Play, CancelPlays
 * PUT /calls/{serverCallId}/recordings/{recordingId}   SetRecording
 *     200 {"status": "accepted" | "alreadyApplied"}   400 malformed   401 token   409 {"error": {"code": "epochMismatch"}}
 *     503 not ready, with Retry-After
 * GET /calls/{serverCallId}                            snapshot: legs, operations, recordings, last numbers
 * GET /calls/{serverCallId}/events?after=n             {"events": [MediaReport …]}, ascending
 * GET /health                                          {"gatewayId", "epoch", "ready", "legs", "capacity"}
 * </pre>
 *
 * All with {@code Authorization: Bearer <control token>}.
 */
public final class GatewayProtocol {
    private GatewayProtocol() {}

    /** The path below the control address to which the command is PUT. */
    public static String path(CommandEnvelope envelope) {
        throw new UnsupportedOperationException();
    }

    public static String encode(CommandEnvelope envelope) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException with a message for people when this is not an envelope */
    public static CommandEnvelope decodeCommand(String json) {
        throw new UnsupportedOperationException();
    }

    /** The body of a message of the media-events queue, and an element of the events list. */
    public static String encode(MediaReport report) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException with a message for people when this is not a report */
    public static MediaReport decodeReport(String json) {
        throw new UnsupportedOperationException();
    }
}
