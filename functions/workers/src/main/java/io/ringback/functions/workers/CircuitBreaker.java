package io.ringback.functions.workers;

import io.ringback.core.port.Circuits;
import io.ringback.core.port.Circuits.Circuit;
import io.ringback.core.port.Circuits.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves an endpoint alone that fails: after three failures in a row, of whatever streams and wherever they were tried,
 * for 30 s; then one attempt is made, and its answer closes the circuit (design: queues).
 *
 * <p>What is not known to be in trouble is asked about nowhere, so a healthy endpoint costs no request. Whoever fails
 * learns from his note how the others fared, and keeps that for five seconds.
 */
final class CircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);
    private static final int FAILURES = 3;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

    /** What the one attempt may take: ten seconds, and the note about it. */
    private static final Duration PROBE = Duration.ofSeconds(12);

    /** Over what time those come back who wait for the same endpoint. */
    private static final Duration SPREAD = Duration.ofSeconds(10);

    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final int MOST_KNOWN = 1000;

    private final Circuits circuits;
    private final DoubleSupplier random;
    private final InstantSource clock;
    private final Troubled troubled = new Troubled();

    /** One note at a time: those that failed together have mostly nothing to add to the first three. */
    private final Object notes = new Object();

    /** @param random values from 0 to below 1: who waits for the same endpoint comes back at different times */
    CircuitBreaker(Circuits circuits, DoubleSupplier random, InstantSource clock) {
        this.circuits = circuits;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Until when no attempt at this endpoint is to be made; empty when one may be made now.
     *
     * @param failedBefore whether the event is known to have failed: then the endpoint is looked up
     */
    Optional<Instant> openUntil(Endpoint endpoint, boolean failedBefore) {
        Instant now = clock.instant();
        Known known = troubled.get(endpoint);
        if (known == null && !failedBefore) {
            return Optional.empty();
        }
        Circuit circuit = known != null && known.isFresh(now) ? known.circuit() : look(endpoint, now);
        if (circuit.failures() < FAILURES) {
            return Optional.empty();
        }
        return now.isBefore(circuit.retryAt()) ? Optional.of(spread(circuit.retryAt())) : probe(endpoint, circuit, now);
    }

    /**
     * Notes a failed attempt.
     *
     * @param doubtful whether it may be the event's own fault; that of a probe counts all the same
     * @return when to come back to an endpoint that is left alone; empty when it is not
     */
    Optional<Instant> failed(Endpoint endpoint, boolean doubtful) {
        synchronized (notes) {
            Instant now = clock.instant();
            Known known = troubled.get(endpoint);
            boolean ours = known != null && known.probing();
            if (known != null && !ours && isOpen(known.circuit(), now)) {
                return Optional.of(spread(known.circuit().retryAt()));
            }
            if (doubtful && !ours) {
                return Optional.empty();
            }
            Circuit circuit = circuits.fail(endpoint, now.plus(LEFT_ALONE));
            troubled.put(endpoint, circuit, now);
            if (!isOpen(circuit, now)) {
                return Optional.empty();
            }
            LOG.warn(
                    "{}: {} failures in a row, left alone until {}",
                    endpoint.origin(),
                    circuit.failures(),
                    circuit.retryAt());
            return Optional.of(spread(circuit.retryAt()));
        }
    }

    /** Notes that the endpoint has answered, if it is known to have failed. */
    void answered(Endpoint endpoint) {
        if (troubled.remove(endpoint) != null) {
            circuits.close(endpoint);
        }
    }

    private Circuit look(Endpoint endpoint, Instant now) {
        Circuit circuit = circuits.find(endpoint);
        if (circuit.failures() == 0) {
            troubled.remove(endpoint);
        } else {
            troubled.put(endpoint, circuit, now);
        }
        return circuit;
    }

    /** Whoever finds the time of an endpoint over tries it, unless somebody else already does. */
    private Optional<Instant> probe(Endpoint endpoint, Circuit seen, Instant now) {
        Instant until = now.plus(PROBE);
        Optional<Circuit> others = circuits.probe(endpoint, seen, until);
        if (others.isEmpty()) {
            troubled.probe(endpoint, new Circuit(seen.failures(), until), now);
            return Optional.empty();
        }
        troubled.put(endpoint, others.get(), now);
        return others.filter(other -> isOpen(other, now)).map(other -> spread(other.retryAt()));
    }

    private static boolean isOpen(Circuit circuit, Instant now) {
        return circuit.failures() >= FAILURES && now.isBefore(circuit.retryAt());
    }

    private Instant spread(Instant retryAt) {
        return retryAt.plusMillis((long) (SPREAD.toMillis() * random.getAsDouble()));
    }

    /**
     * An endpoint that has failed.
     *
     * @param probing whether the one attempt is being made from here
     */
    private record Known(Circuit circuit, Instant at, boolean probing) {
        boolean isFresh(Instant now) {
            return now.isBefore(at.plus(KNOWN_FOR));
        }
    }

    /** The endpoints last seen in trouble, so many at most. */
    private static final class Troubled {
        private final Map<Endpoint, Known> known = new LinkedHashMap<>();

        synchronized @Nullable Known get(Endpoint endpoint) {
            return known.get(endpoint);
        }

        synchronized @Nullable Known remove(Endpoint endpoint) {
            return known.remove(endpoint);
        }

        /** Whose probe it is stays known as long as nothing else has come of it. */
        synchronized void put(Endpoint endpoint, Circuit circuit, Instant now) {
            Known before = known.get(endpoint);
            boolean probing =
                    before != null && before.probing() && before.circuit().equals(circuit);
            put(endpoint, new Known(circuit, now, probing));
        }

        synchronized void probe(Endpoint endpoint, Circuit circuit, Instant now) {
            put(endpoint, new Known(circuit, now, true));
        }

        private void put(Endpoint endpoint, Known now) {
            known.remove(endpoint);
            known.put(endpoint, now);
            if (known.size() > MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}
