package io.ringback.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.local.stack.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half an hour of calls at a steady rate, the media gateway a process of its own and nothing broken: what both processes
 * hold when all calls are over is what they held before. Runs with {@code -Psoak} only.
 */
class Soak {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("ringback.soak.seconds", 1800));

    /** Classes are loaded, pools are filled. */
    private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("ringback.soak.warmUpSeconds", 180));

    /**
     * The longest of: a SIP transaction, a queue's memory of a message, an idle connection, five minutes, with the idle
     * thread that saw its end, one more.
     */
    private static final Duration QUIET = Duration.ofSeconds(Long.getLong("ringback.soak.quietSeconds", 400));

    /** The gauges of the gateway that are to be as before; the others count. */
    private static final Set<String> HELD = Set.of(
            "callTimers",
            "clientTransactions",
            "connections",
            "dialogs",
            "eventsWaiting",
            "invites",
            "legs",
            "pendingCalls",
            "recordings",
            "rtpPorts",
            "serverTransactions",
            "stackDialogs",
            "timers",
            "trunkLegs");

    /** The gateway asks itself whether it is there each 5 s, so its gauges are looked at for longer. */
    private static final int LOOKS = 40;

    private static final double HEAP_GROWTH = 1.05;

    /** Classes and threads that are named for people, of those that there are more of. */
    private static final int GROWTH_TOLD = 12;

    @TempDir
    private Path folder;

    /** Both processes, the gateway's gauges, the outbox. */
    private record State(Vitals stack, Vitals gateway, Map<String, Long> gauges, int rowsDue) {}

    @Test
    void whatIsHeldAtTheEndIsWhatWasHeldAtTheStart() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc");
        // Else the client of this test keeps its connections for 20 minutes.
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        // The JDK's one thread for delays stays once something was delayed: a request of this test that has to be
        // repeated.
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS))
                .join();
        ChaosPlan plan = new ChaosPlan(1, LENGTH, 60, Duration.ZERO);
        try (ChaosRun run = new ChaosRun(plan, folder)) {
            run.place(WARM_UP);
            State start = settle(run);
            run.place(LENGTH);
            State end = settle(run);
            System.out.print(table(start, end));

            assertThat((double) end.gateway().heap()).isLessThan(start.gateway().heap() * HEAP_GROWTH);
            assertThat((double) end.stack().heap()).isLessThan(start.stack().heap() * HEAP_GROWTH);
            assertThat(end.gateway().threadCount())
                    .isLessThanOrEqualTo(start.gateway().threadCount());
            assertThat(end.gateway().sockets())
                    .isLessThanOrEqualTo(start.gateway().sockets());
            assertThat(end.gateway().files())
                    .isLessThanOrEqualTo(start.gateway().files());
            assertThat(end.stack().threadCount())
                    .isLessThanOrEqualTo(start.stack().threadCount());
            assertThat(end.stack().sockets()).isLessThanOrEqualTo(start.stack().sockets());
            assertThat(end.stack().files()).isLessThanOrEqualTo(start.stack().files());
            assertThat(held(end.gauges())).isEqualTo(held(start.gauges()));
            assertThat(end.rowsDue()).isEqualTo(start.rowsDue()).isZero();
        }
    }

    /** When every call is over and was judged, and what ends by time has ended. */
    private static State settle(ChaosRun run) throws IOException, InterruptedException {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(run.complaints()).isEmpty());
        run.forget();
        long quiet = System.nanoTime() + QUIET.toNanos();
        Awaitility.await().atMost(QUIET.plusMinutes(1)).until(() -> System.nanoTime() - quiet > 0);
        Leftovers leftovers = new Leftovers(run.stack());
        return new State(
                Vitals.of(ProcessHandle.current().pid()),
                Vitals.of(run.stack().gatewayPid()),
                lowest(leftovers),
                leftovers.dueStreams().size());
    }

    /** The lowest value of each gauge in a while. */
    private static Map<String, Long> lowest(Leftovers leftovers) {
        Map<String, Long> lowest = new TreeMap<>();
        AtomicInteger looks = new AtomicInteger();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(250))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    leftovers.gauges().forEach((name, value) -> lowest.merge(name, value, Math::min));
                    return looks.incrementAndGet() == LOOKS;
                });
        return lowest;
    }

    /** Without what only counts. */
    private static Map<String, Long> held(Map<String, Long> gauges) {
        Map<String, Long> held = new TreeMap<>(gauges);
        held.keySet().retainAll(HELD);
        return held;
    }

    private static String table(State start, State end) {
        StringBuilder table = new StringBuilder(String.format("%-32s %14s %14s%n", "", "start", "end"));
        sample(table, "stack", start.stack(), end.stack());
        sample(table, "gateway", start.gateway(), end.gateway());
        start.gauges()
                .forEach((name, value) -> line(table, name, value, end.gauges().getOrDefault(name, 0L)));
        line(table, "outbox rows due", start.rowsDue(), end.rowsDue());
        return table.toString();
    }

    private static void sample(StringBuilder table, String process, Vitals start, Vitals end) {
        line(table, process + " heap after GC, KB", start.heap() / 1024, end.heap() / 1024);
        table.append("  more bytes of ")
                .append(Vitals.growth(start.classes(), end.classes(), GROWTH_TOLD))
                .append('\n');
        line(table, process + " threads", start.threadCount(), end.threadCount());
        table.append("  more of ")
                .append(Vitals.growth(start.threads(), end.threads(), GROWTH_TOLD))
                .append('\n');
        line(table, process + " sockets", start.sockets(), end.sockets());
        line(table, process + " open files", start.files(), end.files());
    }

    private static void line(StringBuilder table, String what, long start, long end) {
        table.append(String.format(Locale.ROOT, "%-32s %14d %14d%n", what, start, end));
    }
}
