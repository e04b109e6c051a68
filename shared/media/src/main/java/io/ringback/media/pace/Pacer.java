package io.ringback.media.pace;

import io.ringback.media.AudioFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the mixing cycles of many calls, one each 20 ms at absolute deadlines, so that no error adds up. Waking late it
 * runs the missed cycles back to back, at most 200 ms of them; what lies further back is skipped and counted.
 *
 * <p>Its thread owns everything that it drives. Others hand it work by {@link #execute}, which is done before the next
 * cycle in the order of arrival.
 */
public final class Pacer implements Runnable {
    private static final long CATCH_UP_CYCLES = 200 / AudioFormat.CYCLE_MILLIS;

    private record Command(Paced owner, Runnable work) {}

    private final PacerClock clock;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final List<Paced> driven = new ArrayList<>();
    private final AtomicLong cycles = new AtomicLong();
    private final AtomicLong lateCycles = new AtomicLong();
    private final AtomicLong skippedCycles = new AtomicLong();
    private final AtomicLong worstLateNanos = new AtomicLong();
    private long deadline;
    private volatile boolean stopped;

    public Pacer(PacerClock clock) {
        this.clock = clock;
        deadline = clock.nanoTime();
    }

    /** Drives {@code paced} from the next cycle on. */
    public void add(Paced paced) {
        execute(paced, () -> driven.add(paced));
    }

    /** Drives {@code paced} no more from the next cycle on. */
    public void remove(Paced paced) {
        execute(paced, () -> driven.remove(paced));
    }

    /** Does a short {@code command} of {@code owner}'s on the pacer's thread before the next cycle. */
    public void execute(Paced owner, Runnable command) {
        commands.add(new Command(owner, command));
    }

    /** Lets {@link #run} return after the cycle that it is in. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        deadline = clock.nanoTime();
        while (!stopped) {
            runDue();
            long wait = deadline - clock.nanoTime();
            if (wait > 0) {
                clock.park(wait);
            }
        }
    }

    /** Runs every cycle that is due by now; reads the time once. */
    void runDue() {
        long late = clock.nanoTime() - deadline;
        if (late < 0) {
            return;
        }
        long missed = late / AudioFormat.CYCLE_NANOS;
        worstLateNanos.lazySet(Math.max(worstLateNanos.get(), late));
        if (missed > CATCH_UP_CYCLES) {
            skip(missed - CATCH_UP_CYCLES);
            missed = CATCH_UP_CYCLES;
        }
        lateCycles.lazySet(lateCycles.get() + missed);
        for (long i = 0; i <= missed; i++) {
            runOne();
        }
    }

    private void runOne() {
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            obey(command);
        }
        for (int i = driven.size() - 1; i >= 0; i--) {
            Paced paced = driven.get(i);
            try {
                paced.cycle();
            } catch (RuntimeException bug) {
                drop(paced, bug);
            }
        }
        deadline += AudioFormat.CYCLE_NANOS;
        cycles.lazySet(cycles.get() + 1);
    }

    private void obey(Command command) {
        try {
            command.work.run();
        } catch (RuntimeException bug) {
            drop(command.owner, bug);
        }
    }

    private void skip(long count) {
        for (int i = driven.size() - 1; i >= 0; i--) {
            Paced paced = driven.get(i);
            try {
                paced.skipped(count);
            } catch (RuntimeException bug) {
                drop(paced, bug);
            }
        }
        deadline += count * AudioFormat.CYCLE_NANOS;
        skippedCycles.lazySet(skippedCycles.get() + count);
    }

    /** One call's bug ends that call and no other. */
    private void drop(Paced paced, RuntimeException bug) {
        driven.remove(paced);
        paced.failed(bug);
    }

    /** Cycles run. */
    public long cycles() {
        return cycles.get();
    }

    /** Cycles run back to back after waking late. */
    public long lateCycles() {
        return lateCycles.get();
    }

    /** Cycles never run. */
    public long skippedCycles() {
        return skippedCycles.get();
    }

    /** The latest that a cycle ever began after its deadline, in ns. */
    public long worstLateNanos() {
        return worstLateNanos.get();
    }
}
