package io.ringback.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JitterBufferTest {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;
    private static final int FRAME = 160;

    private final long seed = Seeded.seed();

    private Line line() {
        return new Line(FORMAT, seed).carrying(JitterBufferTest::noise);
    }

    /** Loud noise, each sample known by its number. */
    private static int noise(long n) {
        long mixed = (n + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 40) % 20_000 - 10_000;
    }

    /** A second and a half of noise, half a one of faint noise, and so on: like somebody who talks and breathes. */
    private static int speech(long n, int rate) {
        return n % (2L * rate) < 1.5 * rate ? noise(n) : noise(n) / 200;
    }

    @ParameterizedTest
    @CsvSource({"8000,20", "8000,10", "8000,30", "8000,40", "8000,60", "8000,100", "16000,20", "16000,60"})
    void whatComesInTimePassesUnchangedWhateverThePacketLength(int rate, int packetMillis) {
        AudioFormat format = new AudioFormat(rate);
        Line line = new Line(format, seed).carrying(JitterBufferTest::noise);
        line.packetMillis = packetMillis;
        short[] heard = line.run(500);
        int start = firstLoud(heard);
        assertThat(start).as("held 40 ms").isEqualTo(format.samples(40));
        for (int i = start; i < heard.length; i++) {
            assertThat(heard[i]).as("sample %d", i).isEqualTo((short) noise(i - start));
        }
        assertThat(line.buffer.concealedSamples()).isZero();
    }

    @Test
    void beforeTheFirstPacketThereIsSilence() {
        short[] frame = new short[FRAME];
        Arrays.fill(frame, (short) 9);
        new JitterBuffer(FORMAT).take(frame);
        assertThat(frame).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"8000,200", "8000,-200", "16000,200", "16000,-200"})
    void anHourOfDriftIsFollowedByWholeQuietFramesAndNothingElseChanges(int rate, int ppm) {
        AudioFormat format = new AudioFormat(rate);
        int frame = format.samplesPerCycle();
        Line line = new Line(format, seed).carrying(n -> speech(n, rate));
        line.driftPpm = ppm;
        long[] position = {-format.samples(40)};
        int[] moves = {0};
        int minutes = rate == 8000 ? 60 : 10;
        for (int second = 0; second < 60 * minutes; second++) {
            short[] heard = line.run(50);
            for (int from = 0; from < heard.length; from += frame) {
                long expected = position[0];
                if (!matches(heard, from, expected, frame, rate)) {
                    long moved =
                            matches(heard, from, expected + frame, frame, rate) ? expected + frame : expected - frame;
                    assertThat(matches(heard, from, moved, frame, rate))
                            .as("second %d", second)
                            .isTrue();
                    assertThat(Math.abs(speech(Math.min(moved, expected), rate)))
                            .as("in a pause")
                            .isLessThan(100);
                    moves[0]++;
                    expected = moved;
                }
                position[0] = expected + frame;
            }
            long behind = line.nextSample() - position[0];
            assertThat(behind).as("second %d", second).isBetween(0L, (long) format.samples(100));
        }
        double wanted = 60 * minutes * 200e-6 / 0.020;
        assertThat((double) moves[0]).isBetween(wanted - 2, wanted + 2);
        assertThat(line.buffer.concealedSamples()).isZero();
        assertThat(line.buffer.late()).isZero();
        assertThat(ppm > 0 ? line.buffer.removedFrames() : line.buffer.insertedFrames())
                .isEqualTo(moves[0]);
    }

    private static boolean matches(short[] heard, int from, long position, int frame, int rate) {
        for (int i = 0; i < frame; i++) {
            short wanted = position + i < 0 ? 0 : (short) speech(position + i, rate);
            if (heard[from + i] != wanted) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, -200})
    void withoutAnyPauseAFrameIsFadedInOrOutWithoutAClick(int ppm) {
        Line line = new Line(FORMAT, seed).carrying(JitterBufferTest::tone);
        line.driftPpm = ppm;
        short[] heard = line.run(50 * 600);
        assertThat(line.buffer.removedFrames() + line.buffer.insertedFrames()).isBetween(4L, 8L);
        assertThat(line.buffer.concealedSamples()).isZero();
        for (int i = FRAME * 5; i < heard.length; i++) {
            assertThat(Math.abs(heard[i] - heard[i - 1])).as("sample %d", i).isLessThan(1400);
        }
    }

    /** 200 Hz: a whole number of periods in a frame. Its steepest step is 1257. */
    private static int tone(long n) {
        return (int) Math.round(8000 * Math.sin(2 * Math.PI * 200 * n / 8000));
    }

    @Test
    void jitterOfThirtyMillisecondsCostsNothing() {
        Line line = line();
        line.jitterMillis = 30;
        short[] heard = line.run(50 * 120);
        int start = firstLoud(heard);
        for (int i = start; i < heard.length; i++) {
            assertThat(heard[i]).as("seed %d, sample %d", seed, i).isEqualTo((short) noise(i - start));
        }
        assertThat(line.buffer.late()).as("seed %d", seed).isZero();
    }

    @Test
    void aWorseLineIsHeldLongerAndThenHeardWhole() {
        Line line = line();
        line.run(10);
        line.jitterMillis = 120;
        line.run(50 * 20);
        long late = line.buffer.late();
        line.run(50 * 60);
        assertThat(line.buffer.insertedFrames()).as("seed %d", seed).isBetween(2L, 6L);
        assertThat(line.buffer.late() - late).as("seed %d", seed).isLessThan(30);
        line.jitterMillis = 0;
        line.run(50 * 60);
        assertThat(line.buffer.removedFrames())
                .as("held shorter again, seed %d", seed)
                .isPositive();
    }

    @Test
    void neverMoreThanTwoHundredMillisecondsAreHeld() {
        Line line = line();
        line.run(10);
        line.jitterMillis = 600;
        line.run(50 * 120);
        assertThat(line.buffer.insertedFrames() - line.buffer.removedFrames())
                .as("from 40 ms to 200 by frames of 20, seed %d", seed)
                .isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, -200})
    void twoPercentLossIsConcealedAndMovesNothing(int ppm) {
        Line line = line();
        line.loss = 0.02;
        line.jitterMillis = 30;
        line.driftPpm = ppm;
        short[] heard = line.run(50 * 60);
        assertThat(line.lostPackets).as("seed %d", seed).isBetween(20L, 120L);
        assertThat(line.buffer.concealedSamples() / 160.0)
                .as("seed %d", seed)
                .isBetween(line.lostPackets * 0.9 - 2, line.lostPackets * 1.1 + 2);
        int startOffset = offset(heard, 50 * FRAME, 100 * FRAME);
        int endOffset = offset(heard, heard.length - 100 * FRAME, heard.length);
        assertThat(Math.abs(endOffset - startOffset)).as("seed %d", seed).isLessThanOrEqualTo(FRAME);
    }

    /** By how many samples what was heard lags what was sent: the shift at which most samples agree. */
    private static int offset(short[] heard, int from, int to) {
        for (int lag = 0; lag < 2000; lag++) {
            int equal = 0;
            for (int i = from; i < to; i++) {
                equal += heard[i] == (short) noise(i - lag) ? 1 : 0;
            }
            if (equal > (to - from) / 2) {
                return lag;
            }
        }
        throw new AssertionError("no likeness");
    }

    @Test
    void reorderedAndDoubledPacketsSoundOnce() {
        Line line = line();
        line.jitterMillis = 35;
        line.doubled = 0.2;
        short[] heard = line.run(1000);
        int start = firstLoud(heard);
        for (int i = start; i < heard.length; i++) {
            assertThat(heard[i]).as("seed %d, sample %d", seed, i).isEqualTo((short) noise(i - start));
        }
        assertThat(line.buffer.duplicates()).as("seed %d", seed).isBetween(120L, 300L);
    }

    @Test
    void aLossFadesToSilenceWithinSixtyMilliseconds() {
        Line line = new Line(FORMAT, seed).carrying(JitterBufferTest::tone);
        line.run(100);
        line.loss = 1;
        short[] heard = line.run(10);
        int lostFrom = 2 * FRAME;
        assertThat(power(heard, lostFrom, lostFrom + 80)).as("goes on").isGreaterThan(0.9 * 8000 * 8000 / 2);
        assertThat(power(heard, lostFrom + 240, lostFrom + 320)).as("fades").isBetween(1e5, 0.7 * 8000 * 8000 / 2);
        assertThat(power(heard, lostFrom + 480, heard.length)).as("ends").isZero();
        assertThat(line.buffer.concealedSamples()).isEqualTo(480);
    }

    @Test
    void aLostPacketOfAVoiceIsReplacedByOneAlike() {
        Line line = new Line(FORMAT, seed).carrying(JitterBufferTest::vowel);
        line.run(100);
        line.loss = 1;
        line.run(1);
        line.loss = 0;
        short[] heard = line.run(6);
        assertThat(line.buffer.concealedSamples()).isEqualTo(160);
        double error = 0;
        double power = 0;
        for (int i = 0; i < heard.length; i++) {
            int sent = vowel(99L * FRAME + i);
            error += Math.pow(heard[i] - sent, 2);
            power += Math.pow(sent, 2);
        }
        assertThat(10 * Math.log10(power / error)).as("dB").isGreaterThan(15);
    }

    /** A voice of 130 Hz with harmonics. */
    private static int vowel(long n) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= 10; harmonic++) {
            sum += Math.sin(2 * Math.PI * 130 * harmonic * n / 8000 + harmonic * harmonic) / harmonic;
        }
        return (int) (4000 * sum);
    }

    @Test
    void comfortNoiseAndEventsAreSilenceNotLoss() {
        Line line = line();
        line.run(100);
        line.loss = 1;
        byte[] bytes = new byte[13];
        int timestamp = Line.FIRST_TIMESTAMP + (int) line.nextSample();
        RtpPacket.writeHeader(bytes, 0, 13, false, 65_000 + 100, timestamp, 77);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
        line.buffer.pause(packet);
        short[] heard = line.run(50);
        assertThat(power(heard, 2 * FRAME, heard.length)).isZero();
        assertThat(line.buffer.concealedSamples()).isZero();
        line.loss = 0;
        short[] again = line.run(50);
        assertThat(again[again.length - 1]).isEqualTo((short) noise(200L * FRAME - 2 * FRAME - 1));
        line.loss = 1;
        line.run(50);
        assertThat(line.buffer.concealedSamples())
                .as("after sound, loss is loss again")
                .isEqualTo(480);
    }

    @Test
    void anotherSourceIsHeardFromItsFirstPacketOn() {
        Line line = line();
        line.run(100);
        line.ssrc = 78;
        line.jump(123_456_789, 30_000);
        short[] heard = line.run(50);
        int start = firstLoud(heard);
        assertThat(start).isEqualTo(2 * FRAME);
        assertThat(heard[heard.length - 1]).isEqualTo((short) noise(148L * FRAME - 1));
    }

    @Test
    void aJumpOfTheTimestampsIsFollowed() {
        for (int jump : new int[] {100_000, -100_000}) {
            Line line = line();
            line.run(100);
            line.jump(jump, 1);
            short[] heard = line.run(100);
            assertThat(heard[heard.length - 1]).as("jump %d", jump).isEqualTo((short) noise(198L * FRAME - 1));
        }
    }

    @Test
    void afterAStallOfTheNetworkAllIsAsBefore() {
        Line line = line();
        line.run(100);
        line.loss = 1;
        line.run(40);
        line.loss = 0;
        short[] heard = line.run(100);
        assertThat(heard[heard.length - 1]).isEqualTo((short) noise(238L * FRAME - 1));
        assertThat(line.buffer.insertedFrames()).isZero();
    }

    @Test
    void aStallThatEndsInABurstMovesNothing() {
        Line line = line();
        line.run(100);
        line.stalledUntilMillis = 2600;
        short[] heard = line.run(100);
        assertThat(heard[heard.length - 1]).isEqualTo((short) noise(198L * FRAME - 1));
        assertThat(line.buffer.late()).as("the burst").isBetween(20L, 32L);
        assertThat(line.buffer.insertedFrames() + line.buffer.removedFrames()).isZero();
    }

    @Test
    void cyclesThatThePacerSkippedAreSkippedInTheSoundToo() {
        Line line = line();
        line.run(100);
        line.buffer.skip(5);
        assertThat(line.run(1)[0])
                .as("sound of five cycles on is not there yet")
                .isNotEqualTo((short) noise(98L * FRAME));
    }

    @Test
    void whoNeverTakesLosesTheOldestAndNothingGrows() {
        JitterBuffer buffer = new JitterBuffer(FORMAT);
        byte[] bytes = new byte[RtpPacket.HEADER_BYTES + 2 * FRAME];
        RtpPacket packet = new RtpPacket();
        for (int i = 0; i < 100; i++) {
            RtpPacket.writeHeader(bytes, 0, 11, false, i, i * FRAME, 1);
            bytes[RtpPacket.HEADER_BYTES] = (byte) i;
            assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
            buffer.put(packet, Line.plain(FORMAT));
        }
        assertThat(buffer.overflows()).isEqualTo(36);
        short[] frame = new short[FRAME];
        buffer.take(frame);
        buffer.take(frame);
        buffer.take(frame);
        assertThat(frame[0]).as("and what is heard is at most 200 ms old").isGreaterThan((short) (86 << 8));
    }

    private static int firstLoud(short[] heard) {
        int i = 0;
        while (heard[i] == 0) {
            i++;
        }
        return i;
    }

    private static double power(short[] sound, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += sound[i] * (double) sound[i];
        }
        return sum / (to - from);
    }
}
