package io.ringback.testkit.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlignedSnrTest {
    private final short[] wanted = noise(10 * 8000, 6000);

    private static short[] noise(int length, int amplitude) {
        Random random = new Random(1);
        short[] sound = new short[length];
        for (int i = 0; i < length; i++) {
            sound[i] = (short) (random.nextInt(2 * amplitude + 1) - amplitude);
        }
        return sound;
    }

    private static short[] shifted(short[] sound, int by, int length) {
        short[] result = new short[length];
        for (int i = 0; i < length; i++) {
            result[i] = i - by >= 0 && i - by < sound.length ? sound[i - by] : 0;
        }
        return result;
    }

    @Test
    void theOffsetIsFoundInEitherDirection() {
        AlignedSnr later = AlignedSnr.of(wanted, shifted(wanted, 2400, 100_000), 8000);
        assertThat(later).isEqualTo(new AlignedSnr(300, 300, 300, later.snrDb()));
        assertThat(later.snrDb()).isGreaterThan(100);
        AlignedSnr earlier = AlignedSnr.of(wanted, shifted(wanted, -80, 100_000), 8000);
        assertThat(earlier.offsetMillis()).isEqualTo(-10);
        assertThat(earlier.startOffsetMillis()).isEqualTo(-10);
        assertThat(earlier.endOffsetMillis()).isEqualTo(-10);
    }

    @Test
    void theRatioIsThatOfThePowers() {
        short[] heard = wanted.clone();
        Random random = new Random(2);
        for (int i = 0; i < heard.length; i++) {
            heard[i] += (short) (random.nextInt(1201) - 600);
        }
        assertThat(AlignedSnr.of(wanted, heard, 8000).snrDb()).isCloseTo(20, within(0.2));
    }

    @Test
    void oneDroppedFrameShowsInTheOffsetsAndTheRatio() {
        short[] heard = wanted.clone();
        System.arraycopy(wanted, 40_160, heard, 40_000, wanted.length - 40_160);
        AlignedSnr judged = AlignedSnr.of(wanted, heard, 8000);
        assertThat(judged.endOffsetMillis() - judged.startOffsetMillis()).isEqualTo(-20);
        assertThat(judged.snrDb()).isLessThan(10);
    }

    @Test
    void oneDoubledFrameShowsToo() {
        short[] heard = wanted.clone();
        System.arraycopy(wanted, 40_000, heard, 40_160, wanted.length - 40_160);
        AlignedSnr judged = AlignedSnr.of(wanted, heard, 8000);
        assertThat(judged.endOffsetMillis() - judged.startOffsetMillis()).isEqualTo(20);
        assertThat(judged.snrDb()).isLessThan(10);
    }

    @Test
    void anotherLevelIsADifference() {
        short[] heard = new short[wanted.length];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = (short) (wanted[i] / 2);
        }
        assertThat(AlignedSnr.of(wanted, heard, 8000).snrDb()).isCloseTo(6, within(0.1));
    }
}
