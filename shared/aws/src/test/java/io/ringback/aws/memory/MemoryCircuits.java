package io.ringback.aws.memory;

import io.ringback.core.port.Circuits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The circuits of receivers in memory. */
public final class MemoryCircuits implements Circuits {
    private final Map<Endpoint, Circuit> circuits = new HashMap<>();

    @Override
    public synchronized Circuit find(Endpoint endpoint) {
        return circuits.getOrDefault(endpoint, Circuit.CLOSED);
    }

    @Override
    public synchronized Circuit fail(Endpoint endpoint, Instant retryAt) {
        Circuit failed = new Circuit(find(endpoint).failures() + 1, retryAt);
        circuits.put(endpoint, failed);
        return failed;
    }

    @Override
    public synchronized void close(Endpoint endpoint) {
        circuits.put(endpoint, Circuit.CLOSED);
    }

    @Override
    public synchronized Optional<Circuit> probe(Endpoint endpoint, Circuit seen, Instant until) {
        Circuit now = find(endpoint);
        if (!now.equals(seen)) {
            return Optional.of(now);
        }
        circuits.put(endpoint, new Circuit(now.failures(), until));
        return Optional.empty();
    }
}
