package io.ringback.gateway.sip;

import io.ringback.gateway.task.Gauges;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The TCP connections that were opened to us: how many, and by whom. Thread-safe. */
final class Connections {
    /**
     * How long a connection may be silent.
     *
     * @param firstByte within this the first byte has to come
     * @param later within this each later one
     */
    record Silence(Duration firstByte, Duration later) {
        /**
         * 64 × T1, as long as a request may take (RFC 3261 §17.1.1.2); then a little more than the longest
         * registration, which its phone renews over the connection that it registered by.
         */
        static final Silence DEFAULT =
                new Silence(Duration.ofSeconds(32), Duration.ofSeconds(RegistrarServer.LONGEST + 300));
    }

    /** What may be read while one answer cannot be written, because the peer does not read: the stack keeps it all. */
    static final int MOST_UNREAD = 256 * 1024;

    private final SipSettings.Guards limits;
    private final SourceRates rates;
    private final Gauges gauges;
    private final Silence silence;
    private final Map<InetAddress, Integer> bySource = new HashMap<>();
    private int open;

    Connections(SipSettings.Guards limits, SourceRates rates, Gauges gauges, Silence silence) {
        this.silence = silence;
        this.limits = limits;
        this.rates = rates;
        this.gauges = gauges;
    }

    /** Takes a place for a connection, which has to be given back; false when there is none. */
    boolean enter(InetAddress source) {
        boolean admitted = rates.admits(source) && entered(source, rates.isStranger(source));
        if (!admitted) {
            gauges.count("refusedConnections");
        }
        return admitted;
    }

    private synchronized boolean entered(InetAddress source, boolean stranger) {
        int ofSource = bySource.getOrDefault(source, 0);
        if (stranger && (open >= limits.connections() || ofSource >= limits.connectionsPerSource())) {
            return false;
        }
        open++;
        bySource.put(source, ofSource + 1);
        return true;
    }

    synchronized void leave(InetAddress source) {
        open--;
        bySource.computeIfPresent(source, (unused, count) -> count == 1 ? null : count - 1);
    }

    Silence silence() {
        return silence;
    }

    /** A peer that sends and does not read. */
    void stalled() {
        gauges.count("stalledConnections");
    }

    synchronized long open() {
        return open;
    }
}
