package io.ringback.testkit.fuzz;

import io.ringback.testkit.Generator;
import io.ringback.testkit.Seeded;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a parser with hostile inputs, each from its own seed, and holds it to three promises: every input has an
 * outcome that the parser's contract names, none takes longer than half a minute, and afterwards the heap holds no more
 * than 32 MiB above what it held before.
 *
 * <p>{@code -Dringback.fuzz.times=N} feeds N times as many, {@code -Dringback.seed=S} the one with that seed alone.
 */
public final class Fuzz {
    /** The system property that makes it longer. */
    public static final String TIMES = "ringback.fuzz.times";

    private static final Duration LONGEST_INPUT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long MOST_GROWTH = 32L << 20;
    private static final int SHOWN_BYTES = 2048;

    private final String name;
    private final Mutator mutator;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final AtomicLong began = new AtomicLong();
    private volatile long seed;
    private volatile @Nullable Throwable failure;

    private Fuzz(String name, Mutator mutator) {
        this.name = name;
        this.mutator = mutator;
    }

    /** What reads the inputs. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads one.
         *
         * @return what became of it, in a word; whatever is thrown is a failure
         */
        String read(byte[] input) throws Exception;
    }

    /**
     * Feeds so many inputs, or as many times as the property says.
     *
     * @return how many had which outcome; they add up to the number of inputs
     */
    public static Map<String, Long> run(String name, int inputs, Mutator mutator, Reader reader) {
        return new Fuzz(name, mutator).run(inputs, reader);
    }

    /** So many, or as many times as the property says; one, when a seed is given. */
    public static int inputs(int usual) {
        return Long.getLong(Seeded.REPLAY) == null ? Math.multiplyExact(usual, Integer.getInteger(TIMES, 1)) : 1;
    }

    private Map<String, Long> run(int usual, Reader reader) {
        long heap = heapAfterGc();
        long first = Seeded.seed();
        int inputs = inputs(usual);
        System.out.printf("fuzz %s: %d inputs from seed %d%n", name, inputs, first);
        began.set(System.nanoTime());
        Thread thread = new Thread(() -> feed(first, inputs, reader), "fuzz-" + name);
        thread.setDaemon(true);
        thread.start();
        watch(thread);
        Throwable failed = failure;
        if (failed != null) {
            throw new AssertionError(described(), failed);
        }
        long growth = heapAfterGc() - heap;
        System.out.printf("fuzz %s: %s, heap %+d KiB%n", name, outcomes, growth >> 10);
        if (growth > MOST_GROWTH) {
            throw new AssertionError("fuzz " + name + ": the heap grew by " + growth + " bytes");
        }
        return Map.copyOf(outcomes);
    }

    private void feed(long first, int inputs, Reader reader) {
        for (int i = 0; i < inputs; i++) {
            seed = first + i;
            began.set(System.nanoTime());
            try {
                outcomes.merge(reader.read(mutator.next(new Generator(seed))), 1L, Long::sum);
            } catch (Throwable e) { // Also errors: a stack overflow is what is looked for.
                failure = e;
                return;
            }
        }
    }

    private void watch(Thread thread) {
        try {
            while (thread.isAlive()) {
                thread.join(LOOK.toMillis());
                if (thread.isAlive() && System.nanoTime() - began.get() > LONGEST_INPUT.toNanos()) {
                    throw new AssertionError(
                            described() + ", is still being read at " + Arrays.toString(thread.getStackTrace()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String described() {
        byte[] input = mutator.next(new Generator(seed));
        return "fuzz " + name + ": the input of seed " + seed + "; replay it with -D" + Seeded.REPLAY + "=" + seed
                + ": " + HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN_BYTES));
    }

    private static long heapAfterGc() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
