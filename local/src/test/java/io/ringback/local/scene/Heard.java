package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.sound.Spectrum;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What somebody heard, judged by spectrum over windows of half a second. */
final class Heard {
    private static final int[] EVERY_TONE = {440, 620, 1300, 1900};

    /** A tone that is said is far above this, in dBFS; one that is not, with all its harmonics, far below. */
    private static final double AUDIBLE = -30;

    private static final double SILENT = -45;

    /** A phase is judged without its first and last part, in seconds: there something may still change. */
    private static final double MARGIN = 0.8;

    private final short[] sound;
    private final int rate;
    private final Map<String, double[]> phases;
    private final int from;
    private final int to;

    private Heard(short[] sound, int rate, Map<String, double[]> phases, int from, int to) {
        this.sound = sound;
        this.rate = rate;
        this.phases = phases;
        this.from = from;
        this.to = to;
    }

    static Heard of(short[] sound, int rate) {
        return new Heard(sound, rate, Map.of(), 0, sound.length);
    }

    /** @param seconds begin and end of each phase */
    static Heard inPhases(short[] sound, int rate, Map<String, double[]> seconds) {
        return new Heard(sound, rate, seconds, 0, sound.length);
    }

    /** The middle of a phase. */
    Heard in(String phase) {
        double[] seconds = Objects.requireNonNull(phases.get(phase), phase);
        int begin = (int) ((seconds[0] + MARGIN) * rate);
        int end = (int) ((seconds[1] - MARGIN) * rate);
        assertThat(begin).as(phase + " lies within the sound").isGreaterThanOrEqualTo(0);
        assertThat(end).as(phase + " lies within the sound").isBetween(begin + rate / 2, sound.length);
        return new Heard(sound, rate, phases, begin, end);
    }

    /** All of these tones in every half second, and no other. */
    Heard exactly(int... tones) {
        hears(tones);
        for (int tone : EVERY_TONE) {
            if (IntStream.of(tones).noneMatch(said -> said == tone)) {
                nowhere(tone);
            }
        }
        return this;
    }

    /** All of these tones in every half second. */
    Heard hears(int... tones) {
        for (int tone : tones) {
            assertThat(levels(tone))
                    .as(() -> tone + " Hz in this stretch; " + timeline())
                    .allMatch(level -> level > AUDIBLE);
        }
        return this;
    }

    /** Each of these tones in some half second. */
    Heard somewhere(int... tones) {
        for (int tone : tones) {
            assertThat(levels(tone))
                    .as(() -> tone + " Hz in this stretch; " + timeline())
                    .anyMatch(level -> level > AUDIBLE);
        }
        return this;
    }

    /** None of these tones in any half second. */
    Heard nowhere(int... tones) {
        for (int tone : tones) {
            assertThat(levels(tone))
                    .as(() -> tone + " Hz in this stretch; " + timeline())
                    .allMatch(level -> level < SILENT);
        }
        return this;
    }

    /** All of the sound in half seconds, each with the tones that are in it: what a failure is understood by. */
    private String timeline() {
        Heard all = of(sound, rate);
        StringBuilder text = new StringBuilder("it was " + from / rate + " to " + to / rate + " s of:");
        for (int tone : EVERY_TONE) {
            text.append("\n").append(tone).append(" Hz ");
            all.levels(tone).forEach(level -> text.append(level > AUDIBLE ? '#' : level < SILENT ? '.' : '?'));
        }
        return text.toString();
    }

    private List<Double> levels(int hertz) {
        int window = rate / 2;
        return IntStream.rangeClosed(0, (to - from) / window - 1)
                .mapToDouble(i -> Spectrum.level(sound, from + i * window, from + (i + 1) * window, rate, hertz))
                .boxed()
                .toList();
    }
}
