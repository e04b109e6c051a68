package io.ringback.local.scene;

import io.ringback.testkit.sound.WavFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** The phases of a scene, told by the clock, so that what was heard in each can be found in a dump of the whole call. */
final class Phases {
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private String current = "";

    /** Between these moments, in ns. */
    private record Phase(long from, long to) {}

    void begin(String name) {
        current = name;
        phases.put(name, new Phase(System.nanoTime(), Long.MAX_VALUE));
    }

    void end() {
        phases.computeIfPresent(current, (name, phase) -> new Phase(phase.from(), System.nanoTime()));
    }

    /** Lets a phase last so long, while nothing changes. */
    void spend(String name, Duration length) {
        begin(name);
        long end = System.nanoTime() + length.toNanos();
        Awaitility.await().atMost(length.plusSeconds(5)).until(() -> System.nanoTime() >= end);
        end();
    }

    /** What somebody heard whose dump ends with the last phase: his phone was hung up right then. */
    Heard heardBy(WavFile dump) {
        long end = phases.values().stream().mapToLong(Phase::to).max().orElseThrow();
        short[] sound = dump.channel(0);
        double length = sound.length / (double) dump.sampleRate();
        Map<String, double[]> seconds = new LinkedHashMap<>();
        phases.forEach((name, phase) ->
                seconds.put(name, new double[] {length - (end - phase.from()) / 1e9, length - (end - phase.to()) / 1e9
                }));
        return Heard.inPhases(sound, dump.sampleRate(), seconds);
    }
}
