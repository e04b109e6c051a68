package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VoiceTest {
    private final Voice voice = new Voice();

    private List<Voice.Frame> frames(int count) {
        return IntStream.range(0, count).mapToObj(i -> voice.next(G711.PCMU)).toList();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
        return bytes;
    }

    @Test
    void silenceIsCodedByTheLaw() {
        assertThat(voice.next(G711.PCMU).payload).hasSize(160).containsOnly(0xFF);
        assertThat(voice.next(G711.PCMA).payload).hasSize(160).containsOnly(0xD5);
    }

    @Test
    void aKeyIsFourUpdatesAndThreeEnds() {
        voice.pressAsEvent(new Key('#'), KeySignalling.TELEPHONE_EVENT);
        List<Voice.Frame> frames = frames(8);
        assertThat(frames.subList(0, 7))
                .extracting(frame -> frame.payload)
                .containsExactly(
                        bytes(11, 10, 0x00, 0xA0),
                        bytes(11, 10, 0x01, 0x40),
                        bytes(11, 10, 0x01, 0xE0),
                        bytes(11, 10, 0x02, 0x80),
                        bytes(11, 0x8A, 0x03, 0x20),
                        bytes(11, 0x8A, 0x03, 0x20),
                        bytes(11, 0x8A, 0x03, 0x20));
        assertThat(frames)
                .extracting(frame -> frame.marker)
                .containsExactly(true, false, false, false, false, false, false, false);
        assertThat(frames).extracting(frame -> frame.samplesAgo).containsExactly(0, 160, 320, 480, 640, 800, 960, 0);
        assertThat(frames).noneMatch(frame -> frame.silenced);
        assertThat(frames.get(7).telephoneEvent).isFalse();
    }

    @Test
    void withoutMarkerTheFirstPacketHasNone() {
        voice.pressAsEvent(new Key('1'), KeySignalling.NO_MARKER);
        assertThat(frames(7)).noneMatch(frame -> frame.marker);
    }

    @Test
    void withLostEndAllThreeEndsAreLost() {
        voice.pressAsEvent(new Key('1'), KeySignalling.LOST_END);
        assertThat(frames(8))
                .extracting(frame -> frame.silenced)
                .containsExactly(false, false, false, false, true, true, true, false);
    }

    @Test
    void aPauseFollowsEachKey() {
        voice.pressAsEvent(new Key('1'), KeySignalling.TELEPHONE_EVENT);
        voice.pressAsEvent(new Key('2'), KeySignalling.TELEPHONE_EVENT);
        assertThat(frames(24))
                .extracting(frame -> frame.telephoneEvent ? (int) frame.payload[0] : -1)
                .containsExactly(1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, 2, 2, 2, 2, 2, 2, 2, -1, -1, -1, -1, -1);
    }

    @Test
    void anInBandKeyIsItsTwoFrequencies() {
        voice.pressInBand(new Key('6'));
        short[] sound = samples(frames(5));
        assertThat(Spectrum.levelDbfs(sound, 770)).isBetween(-13.0, -11.0);
        assertThat(Spectrum.levelDbfs(sound, 1477)).isBetween(-13.0, -11.0);
        assertThat(Spectrum.levelDbfs(sound, 1209)).isLessThan(-35);
        assertThat(frames(5)).allMatch(frame -> frame.payload[0] == (byte) 0xFF);
    }

    @Test
    void aToneHasItsFrequencyLevelAndLength() {
        voice.say(Sound.sines(Duration.ofSeconds(1), -10, 1004));
        assertThat(Spectrum.levelDbfs(samples(frames(50)), 1004)).isBetween(-10.2, -9.8);
        assertThat(voice.next(G711.PCMU).payload).containsOnly(0xFF);
    }

    private static short[] samples(List<Voice.Frame> frames) {
        short[] samples = new short[frames.size() * 160];
        for (int i = 0; i < frames.size(); i++) {
            System.arraycopy(G711.PCMU.decode(frames.get(i).payload), 0, samples, i * 160, 160);
        }
        return samples;
    }
}
