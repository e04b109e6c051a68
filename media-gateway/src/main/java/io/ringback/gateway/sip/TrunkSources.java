package io.ringback.gateway.sip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of hosts that we know, trunks first of all. Names are looked up again, beside the traffic, when a minute has passed. */
final class TrunkSources {
    private static final Logger log = LoggerFactory.getLogger(TrunkSources.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int ANY_PORT = 0;

    private final List<Entry> entries = new ArrayList<>();
    private final LegContext.Resolver resolver;
    private final Executor lookUps;
    private final InstantSource clock;
    private final AtomicLong lookedUpAt;
    private volatile Set<Source> sources;

    private record Entry(String host, int port) {
        /** {@code host}, {@code host:port} or {@code [v6]:port}; a bare IPv6 address has no port. */
        static Entry parse(String text) {
            int colon = text.lastIndexOf(':');
            boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
            String host = port ? text.substring(0, colon) : text;
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return new Entry(bare, port ? Integer.parseInt(text.substring(colon + 1)) : ANY_PORT);
        }
    }

    private record Source(InetAddress address, int port) {}

    /**
     * Looks all names up once; waits for that.
     *
     * @param hosts each by name or address, or {@code name:port} where only that port counts
     */
    TrunkSources(List<String> hosts, LegContext.Resolver resolver, Executor lookUps, InstantSource clock) {
        hosts.forEach(text -> entries.add(Entry.parse(text)));
        this.resolver = resolver;
        this.lookUps = lookUps;
        this.clock = clock;
        this.lookedUpAt = new AtomicLong(clock.millis());
        this.sources = lookUp(Set.of());
    }

    boolean contain(SipSource from) {
        Set<Source> known = fresh();
        return known.contains(new Source(from.address(), ANY_PORT))
                || known.contains(new Source(from.address(), from.port()));
    }

    /** Whether one of them is at this address, by whatever port it sends. */
    boolean containAddress(InetAddress address) {
        return fresh().stream().anyMatch(source -> source.address().equals(address));
    }

    private Set<Source> fresh() {
        long last = lookedUpAt.get();
        long now = clock.millis();
        if (!entries.isEmpty() && now - last > FRESH.toMillis() && lookedUpAt.compareAndSet(last, now)) {
            try {
                lookUps.execute(() -> sources = lookUp(sources));
            } catch (RejectedExecutionException e) {
                log.debug("trunks are looked up later", e);
            }
        }
        return sources;
    }

    private Set<Source> lookUp(Set<Source> before) {
        Set<Source> found = new HashSet<>();
        for (Entry entry : entries) {
            try {
                for (InetAddress address : resolver.addresses(entry.host())) {
                    found.add(new Source(address, entry.port()));
                }
            } catch (UnknownHostException e) {
                // A name server that is away for a minute does not take the trunk away.
                log.warn("trunk {} has no address now", entry.host());
                found.addAll(before);
            }
        }
        return Set.copyOf(found);
    }
}
