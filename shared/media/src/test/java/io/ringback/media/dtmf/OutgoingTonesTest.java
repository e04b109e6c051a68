package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpSender;
import io.ringback.testkit.sound.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutgoingTonesTest {
    private final List<String> told = new ArrayList<>();
    private final OutgoingTones tones = new OutgoingTones(AudioFormat.NARROWBAND, told::add);
    private final RtpSender rtp = new RtpSender(1, 0, 0);
    private final byte[] packet = new byte[172];

    /** One letter per cycle: the key's code in hex, in capitals where the marker is set, {@code e} an end, {@code -} sound. */
    private String cycles(int count) {
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (tones.writeEvent(packet, 101, rtp) == 0) {
                rtp.skip(160);
                sent.append('-');
            } else if ((packet[13] & 0x80) != 0) {
                sent.append('e');
            } else {
                sent.append(packet[12]).append((packet[1] & 0x80) != 0 ? "!" : "");
            }
        }
        return sent.toString();
    }

    @Test
    void pressesOfOneSendingFollowWithSixtyMillisecondsOfSoundBetween() {
        tones.add("a", new int[] {1, 1, 2}, 80);
        assertThat(cycles(28)).isEqualTo("1!11eee---1!11eee---2!22eee----");
    }

    @Test
    void aSendingIsToldOnceWhenItsLastPressIsOverAndTheNextFollows() {
        tones.add("a", new int[] {1}, 40);
        tones.add(null, new int[] {2}, 40);
        tones.add("b", new int[] {3}, 40);
        cycles(3);
        assertThat(told).isEmpty();
        cycles(1);
        assertThat(told).containsExactly("a");
        assertThat(cycles(11)).isEqualTo("---2!eee---3!");
        assertThat(tones.isBusy()).isTrue();
        cycles(10);
        assertThat(told).containsExactly("a", "b");
        assertThat(tones.isBusy()).isFalse();
    }

    @Test
    void aCancelledSendingEndsItsPressProperlyAndIsNotTold() {
        tones.add("a", new int[] {1, 2}, 200);
        tones.add("b", new int[] {3}, 40);
        tones.add("c", new int[] {4}, 40);
        assertThat(cycles(2)).isEqualTo("1!1");
        assertThat(tones.cancel(Set.of("a", "c", "never there"))).containsExactly("a", "c");
        assertThat(cycles(14)).isEqualTo("eee---3!eee----");
        assertThat(told).containsExactly("b");
    }

    @Test
    void oneThatWaitsBehindAPauseIsCancelledWithoutAPacket() {
        tones.add("a", new int[] {1}, 20);
        cycles(4);
        tones.add("b", new int[] {2}, 40);
        assertThat(tones.cancel(Set.of("b"))).containsExactly("b");
        assertThat(cycles(10)).isEqualTo("-".repeat(10));
    }

    @Test
    void tooManyAndNoKeysAreRefused() {
        for (int i = 0; i < OutgoingTones.QUEUE; i++) {
            assertThat(tones.add("s" + i, new int[] {1}, 20)).isTrue();
        }
        assertThat(tones.add("one too many", new int[] {1}, 20)).isFalse();
        assertThatThrownBy(() -> tones.add("x", new int[] {16}, 20)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLegThatTakesEventsNoMoreGetsTheNextPressInTheSound() {
        tones.add("a", new int[] {1, 2}, 100);
        cycles(2);
        short[] frame = new short[160];
        int sounding = 0;
        while (tones.isBusy()) {
            sounding += tones.writeSound(frame) ? 1 : 0;
        }
        assertThat(sounding).isEqualTo(5);
        assertThat(told).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void whereNoEventsAreTakenThePairReplacesTheSound(int rate) {
        AudioFormat format = new AudioFormat(rate);
        OutgoingTones inBand = new OutgoingTones(format, told::add);
        inBand.add("a", new int[] {5, 5}, 120);
        short[] heard = new short[format.samples(400)];
        short[] frame = new short[format.samplesPerCycle()];
        for (int at = 0; at < heard.length; at += frame.length) {
            Arrays.fill(frame, (short) 7);
            inBand.writeSound(frame);
            System.arraycopy(frame, 0, heard, at, frame.length);
        }
        for (int from : new int[] {0, 180}) {
            int start = format.samples(from + 10);
            int end = format.samples(from + 110);
            assertThat(Spectrum.level(heard, start, end, rate, 770)).isBetween(-10.5, -9.5);
            assertThat(Spectrum.level(heard, start, end, rate, 1336)).isBetween(-10.5, -9.5);
            assertThat(Spectrum.level(heard, start, end, rate, 1000)).isLessThan(-55);
        }
        assertThat(Arrays.copyOfRange(heard, format.samples(120), format.samples(180)))
                .as("the leg's sound is heard in the pause")
                .containsOnly(7);
        assertThat(Arrays.copyOfRange(heard, format.samples(300), heard.length)).containsOnly(7);
        assertThat(told).containsExactly("a");
    }
}
