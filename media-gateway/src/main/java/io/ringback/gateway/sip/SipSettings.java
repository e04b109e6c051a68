package io.ringback.gateway.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the SIP side is to run.
 *
 * @param bind address and port to listen on, UDP and TCP; port 0 takes a free one
 * @param advertisedHost literal IP address that Via, Contact and SDP show; null shows the bound one
 * @param trunk where numbers go that have no route of their own; null makes them unreachable
 * @param defaultCallerId E.164 number shown when a leg names none; null shows {@code anonymous}
 * @param access who may send us calls
 * @param timing the periods that tests shorten
 */
public record SipSettings(
        InetSocketAddress bind,
        @Nullable String advertisedHost,
        @Nullable SipRoute trunk,
        @Nullable String defaultCallerId,
        Access access,
        Timing timing) {

    /**
     * Who may send us calls and registrations. A user proves by digest to be one; a trunk is known by its address.
     *
     * @param domain host of users' SIP addresses and realm of their digest
     * @param trunks hosts, or {@code host:port}, from which a trunk sends, beside the trunk that we dial; names are
     *     looked up again each minute
     * @param pendingCalls how many may wait for their answer at once
     * @param pendingPerSource the same for one address, trunks excepted
     */
    public record Access(String domain, List<String> trunks, int pendingCalls, int pendingPerSource) {
        /** What the domain is unless the operator names another. */
        public static final String DEFAULT_DOMAIN = "ringback";

        /** Users of the default domain and the dialled trunk only. */
        public static final Access DEFAULT = of(DEFAULT_DOMAIN, List.of());

        public Access {
            trunks = List.copyOf(trunks);
        }

        /** With 200 calls that wait at once, 20 from one address. */
        public static Access of(String domain, List<String> trunks) {
            return new Access(domain, trunks, 200, 20);
        }
    }

    /**
     * Periods of ours; those of RFC 3261's transactions are the stack's.
     *
     * @param sessionInterval what we ask for in Session-Expires (RFC 4028 §4)
     * @param minSessionInterval the shortest that we accept, our Min-SE
     * @param endReport from BYE or CANCEL to the report of the leg's end, whatever the far side does
     * @param giveUp for a peer that never answers an INVITE, never sends the final answer to a CANCEL, or never
     *     acknowledges an answer of ours
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
