package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineTest {
    private static List<Line.Fate> fates(String profile, long seed) {
        Line line = new Line(LineProfile.parse(profile), seed);
        return Stream.generate(line::next).limit(50_000).toList();
    }

    @Test
    void losesTheShareThatWasAskedFor() {
        long lost = fates("loss=2%", 1).stream().filter(Line.Fate::lost).count();
        assertThat(lost / 50_000.0).isCloseTo(0.02, within(0.002));
    }

    @Test
    void delaysEvenlyUpToTheJitter() {
        double[] delays = fates("jitter=30ms", 1).stream()
                .mapToDouble(fate -> fate.delay().toNanos() / 1e6)
                .sorted()
                .toArray();
        assertThat(delays[0]).isBetween(0.0, 0.1);
        assertThat(delays[25_000]).isCloseTo(15.0, within(0.3));
        assertThat(delays[49_999]).isBetween(29.9, 30.0);
    }

    @Test
    void theSameSeedGivesTheSameLine() {
        assertThat(fates("loss=2%,jitter=30ms", 7)).isEqualTo(fates("loss=2%,jitter=30ms", 7));
        assertThat(fates("loss=2%,jitter=30ms", 7)).isNotEqualTo(fates("loss=2%,jitter=30ms", 8));
    }

    @Test
    void aCleanLineDoesNothing() {
        assertThat(fates("", 1)).allMatch(fate -> !fate.lost() && fate.delay().isZero());
    }
}
