package io.ringback.gateway.rtp;

import io.ringback.gateway.call.CallSound;
import io.ringback.media.pace.Pacer;
import io.ringback.media.pace.PacerClock;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that carry sound: pacers, to which calls are dealt in turn, one reader of packets, one timer. */
public final class SoundEngine implements CallSound.Factory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoundEngine.class);

    private final List<Pacer> pacers;
    private final List<Thread> threads = new ArrayList<>();
    private final PacketReader reader;
    private final ScheduledThreadPoolExecutor timer;
    private final MediaNetwork network;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Starts the threads.
     *
     * @param pacerCount how many threads mix; a call belongs to one
     * @param silence how long a leg may send neither sound nor reports before that is told
     */
    public SoundEngine(PortRange ports, int pacerCount, InstantSource clock, Duration silence) throws IOException {
        reader = new PacketReader();
        timer = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "rtcp-timer"));
        timer.setRemoveOnCancelPolicy(true);
        network = new MediaNetwork(ports, reader, timer, clock, silence);
        pacers = IntStream.range(0, pacerCount)
                .mapToObj(i -> new Pacer(PacerClock.system()))
                .toList();
        for (Pacer pacer : pacers) {
            Thread thread = new Thread(pacer, "pacer-" + threads.size());
            threads.add(thread);
            thread.start();
        }
    }

    @Override
    public CallSound open(String serverCallId, CallSound.Listener listener) {
        Pacer pacer = pacers.get(Math.floorMod(turn.getAndIncrement(), pacers.size()));
        return new CallMix(pacer, network, listener);
    }

    /** How well the pacers keep time, summed or at worst. */
    public Map<String, Long> gauges() {
        Map<String, Long> gauges = new LinkedHashMap<>();
        gauges.put("cycles", pacers.stream().mapToLong(Pacer::cycles).sum());
        gauges.put("cyclesLate", pacers.stream().mapToLong(Pacer::lateCycles).sum());
        gauges.put(
                "cyclesSkipped", pacers.stream().mapToLong(Pacer::skippedCycles).sum());
        gauges.put(
                "worstLateNanos",
                pacers.stream().mapToLong(Pacer::worstLateNanos).max().orElse(0));
        return gauges;
    }

    /** Stops the threads; how well they kept time goes to the log. */
    @Override
    public void close() {
        LOG.info("mixing ends: {}", gauges());
        timer.shutdownNow();
        pacers.forEach(Pacer::stop);
        for (Thread thread : threads) {
            try {
                thread.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        reader.close();
    }
}
