package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayStarted;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.core.media.MediaReport;
import io.ringback.media.Sound;
import io.ringback.media.codec.G711;
import io.ringback.media.wav.WavReader;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a gateway plays arrives, and what it hears is recorded. */
class PlayAndRecordIT extends OnePhone {
    private static final byte SILENCE = (byte) 0xFF;

    @Test
    void aCallIsPlayedToListenedToRecordedAndEnded() throws Exception {
        short[] tune = tune(8000);
        try (MockWebServer prompts = new MockWebServer()) {
            prompts.start();
            prompts.enqueue(new MockResponse.Builder()
                    .body(new Buffer().write(Wave.of(tune)))
                    .build());
            connect();
            put(new SetRecording("recording-1", Wanted.RECORDING, Channels.MIXED, Format.WAV, soon()));
            Voice talking = talk();
            put(new Play(
                    "play-1",
                    null,
                    new PromptSource.File(prompts.url("/tune.wav").uri(), null),
                    false,
                    Set.of(),
                    soon()));
            await(PlayStarted.class);
            await(PlayEnded.class);
            assertThat(world.event(PlayEnded.class).orElseThrow().outcome()).isEqualTo(PlayEnded.Outcome.COMPLETED);
            assertThat(Collections.indexOfSubList(phone.heardSound(), muLaw(tune)))
                    .as("the prompt, sample for sample, in what the phone heard")
                    .isNotNegative();
            phone.press(1);
            await(TonePressed.class);
            assertThat(world.events().stream().filter(TonePressed.class::isInstance))
                    .containsExactly(new TonePressed("p1", Tone.TONE1));
            talking.close();
        }
        put(new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        await(RecordingFile.class);
        assertThat(phone.requests()).contains("INVITE", "ACK", "BYE");
        assertPacketsAreGapless();
        LegEnded ended = world.event(LegEnded.class).orElseThrow();
        assertThat(ended.reason()).isEqualTo(EndReason.HUNG_UP_BY_APPLICATION);
        LegStatistics statistics = Objects.requireNonNull(ended.statistics());
        assertThat(statistics.packetsSent())
                .isBetween((long) phone.heard().size(), phone.heard().size() + 5L);
        assertThat(statistics.packetsReceived()).isGreaterThan(10);
        RecordingFile file = world.event(RecordingFile.class).orElseThrow();
        assertThat(file.available()).as(file.message()).isTrue();
        byte[] wav = world.recordings.read(String.valueOf(file.contentKey()), 0, (int) file.sizeBytes());
        Sound recorded = WavReader.read(wav);
        assertThat(recorded.frames() / 8).isEqualTo((int) file.durationMs()).isGreaterThan(1000);
        assertThat(world.reports())
                .extracting(MediaReport::number)
                .isEqualTo(upTo(world.reports().size()));
    }

    @Test
    void textIsSpoken() throws Exception {
        connect();
        put(new Play("play-1", null, new PromptSource.Text("Hello, this is a test.", null), false, Set.of(), soon()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> world.event(PlayEnded.class).isPresent());
        assertThat(world.event(PlayEnded.class).orElseThrow().outcome()).isEqualTo(PlayEnded.Outcome.COMPLETED);
        long loud = phone.heardSound().stream()
                .filter(octet -> (octet & 0x7F) < 0x40)
                .count();
        assertThat(loud).as("loud samples of a second and more of speech").isGreaterThan(2000);
    }

    @Test
    void aPressEndsALoopingPlayWithinTwoCyclesOfIt() throws Exception {
        try (MockWebServer prompts = new MockWebServer()) {
            prompts.start();
            prompts.enqueue(new MockResponse.Builder()
                    .body(new Buffer().write(Wave.of(tune(4000))))
                    .build());
            connect();
            put(new Play(
                    "play-1",
                    null,
                    new PromptSource.File(prompts.url("/tune.wav").uri(), null),
                    true,
                    Set.of(Tone.POUND),
                    soon()));
            await(PlayStarted.class);
            int before = phone.heard().size();
            Awaitility.await().until(() -> phone.heard().size() > before + 60);
            phone.press(11);
            await(PlayEnded.class);
            PlayEnded ended = world.event(PlayEnded.class).orElseThrow();
            assertThat(ended.stopTone()).isEqualTo(Tone.POUND);
            int after = phone.heard().size();
            Awaitility.await().until(() -> phone.heard().size() > after + 5);
            assertThat(phone.heard().subList(after + 3, after + 5)).allMatch(PlayAndRecordIT::isSilent);
        }
    }

    private void assertPacketsAreGapless() {
        List<byte[]> packets = phone.heard();
        for (int i = 1; i < packets.size(); i++) {
            byte[] before = packets.get(i - 1);
            byte[] packet = packets.get(i);
            assertThat((number(packet, 2, 2) - number(before, 2, 2)) & 0xFFFF).isEqualTo(1);
            assertThat((int) (number(packet, 4, 4) - number(before, 4, 4))).isEqualTo(160);
            assertThat(number(packet, 8, 4)).isEqualTo(number(before, 8, 4));
        }
    }

    private static boolean isSilent(byte[] packet) {
        for (int i = 12; i < packet.length; i++) {
            if (packet[i] != SILENCE) {
                return false;
            }
        }
        return true;
    }

    /** Noise that µ-law carries without change: no stretch of it is like another. */
    private static short[] tune(int samples) {
        Random random = new Random(7);
        short[] tune = new short[samples];
        for (int i = 0; i < samples; i++) {
            tune[i] = G711.MU_LAW.decode((byte) (random.nextInt(0x7F) | 0x80));
        }
        return tune;
    }

    private static List<Byte> muLaw(short[] samples) {
        return IntStream.range(0, samples.length)
                .mapToObj(i -> G711.MU_LAW.encode(samples[i]))
                .toList();
    }

    private static List<Long> upTo(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList();
    }
}
