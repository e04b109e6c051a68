package io.ringback.local.chaos;

import io.ringback.local.chaos.Boundary.Side;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Ends invocations at the boundaries of their commits, pokes and acknowledgements: at one of the first
 * crossings of every boundary, and then now and again.
 */
final class DyingPorts implements Function<String, List<ExecutionInterceptor>> {
    private static final int FIRST_DEATH_WITHIN = 20;
    private static final double DEATHS = 0.004;

    private final Storm storm;
    private final Random random;
    private final Predicate<Boundary> spared;
    private final Map<String, Crossings> crossings = new TreeMap<>();

    /** How often a boundary was crossed, and how often somebody died there. */
    private static final class Crossings {
        final int firstDeath;
        int count;
        int deaths;

        Crossings(int firstDeath) {
            this.firstDeath = firstDeath;
        }
    }

    /** @param spared boundaries at which nobody dies now */
    DyingPorts(Storm storm, Random random, Predicate<Boundary> spared) {
        this.storm = storm;
        this.random = random;
        this.spared = spared;
    }

    /** For one instance of the function. */
    @Override
    public List<ExecutionInterceptor> apply(String function) {
        return List.of(new Mortal(function));
    }

    /** Whether whoever crosses the boundary now dies there. */
    private synchronized boolean dies(Boundary boundary) {
        Crossings here = crossings.computeIfAbsent(
                boundary.function() + " " + boundary.operation() + " " + boundary.side(),
                key -> new Crossings(1 + random.nextInt(FIRST_DEATH_WITHIN)));
        if (!storm.rages() || spared.test(boundary)) {
            return false;
        }
        here.count++;
        boolean first = here.deaths == 0 && here.count >= here.firstDeath;
        boolean dies = first || random.nextDouble() < DEATHS;
        if (dies) {
            here.deaths++;
        }
        return dies;
    }

    synchronized int deaths() {
        return crossings.values().stream().mapToInt(here -> here.deaths).sum();
    }

    /** Boundaries that were crossed so often that somebody should have died there, and nobody did. */
    synchronized List<String> survived() {
        return crossings.entrySet().stream()
                .filter(entry -> entry.getValue().count >= FIRST_DEATH_WITHIN && entry.getValue().deaths == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A line for each boundary. */
    synchronized String table() {
        StringBuilder table = new StringBuilder("function operation side: deaths/crossings\n");
        crossings.forEach((boundary, here) -> table.append("  ")
                .append(boundary)
                .append(": ")
                .append(here.deaths)
                .append('/')
                .append(here.count)
                .append('\n'));
        return table.toString();
    }

    /** One instance. Once it has died, none of its threads gets anything out any more. */
    private final class Mortal implements ExecutionInterceptor {
        private final String function;
        private volatile boolean dead;

        Mortal(String function) {
            this.function = function;
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            cross(attributes, Side.BEFORE);
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            cross(attributes, Side.AFTER);
        }

        private void cross(ExecutionAttributes attributes, Side side) {
            Boundary boundary =
                    new Boundary(function, attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), side);
            dead = dead || dies(boundary);
            if (dead) {
                throw new InvocationDied(boundary);
            }
        }
    }
}
