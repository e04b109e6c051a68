package io.ringback.gateway.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the SIP side is to run.
 *
 * @param bind address and port to listen on, UDP and TCP; port 0 takes a free one
 * @param advertisedHost literal IP address that Via, Contact and SDP show; null shows the bound one
 * @param trunk where numbers go that have no route of their own; null makes them unreachable
 * @param defaultCallerId E.164 number shown when a leg names none; null shows {@code anonymous}
 * @param timing the periods that tests shorten
 */
public record SipSettings(
        InetSocketAddress bind,
        @Nullable String advertisedHost,
        @Nullable SipRoute trunk,
        @Nullable String defaultCallerId,
        Timing timing) {

    /**
     * Periods of ours; those of RFC 3261's transactions are the stack's.
     *
     * @param sessionInterval what we ask for in Session-Expires (RFC 4028 §4)
     * @param minSessionInterval the shortest that we accept, our Min-SE
     * @param endReport from BYE or CANCEL to the report of the leg's end, whatever the far side does
     * @param giveUp for a peer that never answers an INVITE or never sends the final answer to a CANCEL
     * @param probe how long an in-dialog OPTIONS may go unanswered
     * @param watchdog between two OPTIONS to our own socket
     */
    public record Timing(
            Duration sessionInterval,
            Duration minSessionInterval,
            Duration endReport,
            Duration giveUp,
            Duration probe,
            Duration watchdog) {
        /** RFC 4028's recommended interval and least minimum; the others by the design. */
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(1800),
                Duration.ofSeconds(90),
                Duration.ofSeconds(4),
                Duration.ofSeconds(32),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5));
    }
}
