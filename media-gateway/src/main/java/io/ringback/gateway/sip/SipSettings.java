package io.ringback.gateway.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

    /** The hosts of all trunks: those that may call in and the one that is dialled. */
    List<String> trunkHosts() {
        return Stream.concat(access.trunks().stream(), Stream.ofNullable(trunk).map(SipRoute::host))
                .toList();
    }

    /**
     * Who may send us calls and registrations. A user proves by digest to be one; a trunk is known by its address.
     *
     * @param domain host of users' SIP addresses and realm of their digest
     * @param trunks hosts, or {@code host:port}, from which a trunk sends, beside the trunk that we dial; names are
     *     looked up again each minute
     * @param pendingCalls how many may wait for their answer at once
     * @param pendingPerSource the same for one address, trunks excepted
     * @param guards what strangers may cost
     */
    public record Access(String domain, List<String> trunks, int pendingCalls, int pendingPerSource, Guards guards) {
        /** What the domain is unless the operator names another. */
        public static final String DEFAULT_DOMAIN = "ringback";

        /** Users of the default domain and the dialled trunk only. */
        public static final Access DEFAULT = of(DEFAULT_DOMAIN, List.of());

        public Access {
            trunks = List.copyOf(trunks);
        }

        /** With the usual guards. */
        public Access(String domain, List<String> trunks, int pendingCalls, int pendingPerSource) {
            this(domain, trunks, pendingCalls, pendingPerSource, Guards.DEFAULT);
        }

        /** With 200 calls that wait at once, 20 from one address. */
        public static Access of(String domain, List<String> trunks) {
            return new Access(domain, trunks, 200, 20);
        }

        /** The same with other guards. */
        public Access with(Guards other) {
            return new Access(domain, trunks, pendingCalls, pendingPerSource, other);
        }
    }

    /**
     * What strangers may cost us: whoever is neither a trunk, nor a host that we dial, nor this machine itself.
     *
     * @param messagesPerSecond SIP messages that one address may send; twice as many at once after a quiet time. What
     *     is beyond is dropped unread
     * @param strangersPerSecond the same for all strangers together
     * @param registrationsPerSecond REGISTERs that are looked into, of all users together; the others get 503
     * @param transactions server transactions that may be open at once; further requests get 503
     * @param connections TCP connections that may be open to us
     * @param connectionsPerSource the same for one address
     * @param peers hosts that are no strangers, beside the trunks
     */
    public record Guards(
            int messagesPerSecond,
            int strangersPerSecond,
            int registrationsPerSecond,
            int transactions,
            int connections,
            int connectionsPerSource,
            List<String> peers) {
        /** A phone sends a few messages in a second; an office behind one address a few dozen. */
        public static final Guards DEFAULT = new Guards(50, 1000, 50, 5000, 256, 32, List.of());

        public Guards {
            peers = List.copyOf(peers);
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
