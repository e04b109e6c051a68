package io.ringback.gateway.sip;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many messages an address may send in a second, and all strangers together. Trunks, the hosts that we dial and
 * this machine itself, from which the watchdog asks, are no strangers. Judged before anything is parsed, so that a
 * flood costs no more than its reading. Bounded; thread-safe.
 */
final class SourceRates {
    /** Whoever sends from more addresses than these meets the limit of all strangers. */
    static final int SOURCES = 4096;

    private final SipSettings.Guards limits;
    private final TrunkSources friends;
    private final InetAddress own;
    private final InstantSource clock;
    private final TokenBucket strangers;
    private final Map<InetAddress, TokenBucket> sources = new LinkedHashMap<>(16, 0.75f, true);

    /** @param own the address that the watchdog sends from */
    SourceRates(SipSettings.Guards limits, TrunkSources friends, InetAddress own, InstantSource clock) {
        this.limits = limits;
        this.friends = friends;
        this.own = own;
        this.clock = clock;
        this.strangers = new TokenBucket(limits.strangersPerSecond(), clock.millis());
    }

    /** Whether the message may be read. */
    boolean admits(InetAddress source) {
        return !isStranger(source) || takes(source);
    }

    boolean isStranger(InetAddress source) {
        return !source.equals(own) && !friends.containAddress(source);
    }

    /** How many addresses have a share that counts. */
    synchronized int remembered() {
        return sources.size();
    }

    private synchronized boolean takes(InetAddress source) {
        long now = clock.millis();
        TokenBucket share = sources.get(source);
        if (share == null) {
            share = new TokenBucket(limits.messagesPerSecond(), now);
            sources.put(source, share);
            if (sources.size() > SOURCES) {
                sources.remove(sources.keySet().iterator().next());
            }
        }
        return share.take(now) && strangers.take(now);
    }
}
