package io.ringback.core.media;

/**
 * What the media of a leg was like.
 *
 * @param packetsLost packets that never came, as RFC 3550 §A.3 counts them
 * @param jitterMs interarrival jitter at the end, in ms (RFC 3550 §A.8)
 * @param roundTripMs last round trip from RTCP, in ms; -1 when none was measured
 */
public record LegStatistics(
        long packetsSent, long packetsReceived, long packetsLost, double jitterMs, double roundTripMs) {}
