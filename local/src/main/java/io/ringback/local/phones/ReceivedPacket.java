package io.ringback.local.phones;

/**
 * An RTP packet as it came from the wire, before the line profile touched it.
 *
 * @param arrivalNanos monotonic stamp, comparable with others of the same process only
 */
public record ReceivedPacket(long arrivalNanos, RtpPacket packet) {}
