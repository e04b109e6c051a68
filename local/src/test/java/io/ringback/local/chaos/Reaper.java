package io.ringback.local.chaos;

import io.ringback.local.stack.LocalStack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Kills the media gateway with SIGKILL, and starts it again a while later. */
final class Reaper {
    private static final int LONGEST_DOWN_MILLIS = 3000;

    private final LocalStack stack;
    private final Storm storm;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final List<Life> lives = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Reaper(LocalStack stack, Storm storm, ScheduledExecutorService timer, Random random) {
        this.stack = stack;
        this.storm = storm;
        this.timer = timer;
        this.random = random;
    }

    /** Lets each life of the gateway last for about this long, until the storm is over. */
    void reap(Duration life) {
        long millis = life.toMillis() / 2 + random.nextInt((int) life.toMillis());
        var unused = timer.schedule(() -> kill(life), millis, TimeUnit.MILLISECONDS);
    }

    /** What was done. */
    List<Life> lives() {
        return List.copyOf(lives);
    }

    /** Gateways that did not start again. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void kill(Duration life) {
        if (!storm.rages()) {
            return;
        }
        ProcessHandle process = ProcessHandle.of(stack.gatewayPid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        Instant killed = Instant.now();
        var unused =
                timer.schedule(() -> restart(killed, life), random.nextInt(LONGEST_DOWN_MILLIS), TimeUnit.MILLISECONDS);
    }

    private void restart(Instant killed, Duration life) {
        Instant launched = Instant.now();
        try {
            stack.restartGateway();
            lives.add(new Life(killed, launched, Instant.now()));
            reap(life);
        } catch (IOException e) {
            complaints.add("the gateway that was killed at " + killed + " did not come back: " + e);
        }
    }
}
