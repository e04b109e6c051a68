package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.media.AudioFormat;
import io.ringback.media.codec.G711;
import io.ringback.media.wav.WavReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Talk-off: ten minutes of synthesized speech of many voices, through µ-law, searched for keys that nobody pressed. */
final class TalkOffIT {
    private static final int MINUTES = 10;
    private static final int LONGEST_SECONDS = 60;

    private static final List<String> VOICES = List.of(
            "en",
            "en+f1",
            "en+f2",
            "en+f3",
            "en+f4",
            "en+m1",
            "en+m3",
            "en+m5",
            "en+m7",
            "en-us",
            "en-us+f5",
            "de",
            "de+f2",
            "fr+f3",
            "es+m4",
            "it+f4");

    private static final List<String> WORDS = List.of(
            "hello",
            "appointment",
            "tomorrow",
            "seven",
            "eleven",
            "thirty",
            "morning",
            "please",
            "believe",
            "teeth",
            "receive",
            "easy",
            "we",
            "see",
            "me",
            "three",
            "machine",
            "money",
            "really",
            "evening",
            "yes",
            "no",
            "telephone",
            "whistle",
            "siren",
            "noon",
            "moon",
            "room",
            "blue",
            "you",
            "do",
            "music",
            "piano",
            "violin",
            "ring",
            "sing",
            "singing",
            "king",
            "bring",
            "thing",
            "remember",
            "number",
            "december",
            "september",
            "doctor",
            "dentist",
            "medicine",
            "hospital",
            "nine",
            "mine",
            "time",
            "dime",
            "line",
            "fine",
            "wine",
            "aluminium",
            "linoleum",
            "millennium",
            "in",
            "the",
            "a",
            "of",
            "and",
            "with",
            "for",
            "not",
            "only",
            "alone");

    @TempDir
    private Path folder;

    private final Random random = new Random(4711);

    @Test
    void speechIsHardlyEverTakenForAKey() throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "espeak-ng is not installed");
        InBandDetector detector = new InBandDetector(AudioFormat.NARROWBAND);
        short[] frame = new short[160];
        short[] silence = new short[160];
        int cycles = 0;
        int found = 0;
        for (int round = 0; cycles < MINUTES * 60 * AudioFormat.CYCLES_PER_SECOND; round++) {
            short[] speech = speak(VOICES.get(round % VOICES.size()), 40 + random.nextInt(50), round);
            for (int at = 0; at + 160 <= speech.length; at += 160) {
                for (int i = 0; i < 160; i++) {
                    frame[i] = G711.MU_LAW.decode(G711.MU_LAW.encode(speech[at + i]));
                }
                int key = detector.cycle(frame, silence);
                if (key != DtmfTone.NONE) {
                    found++;
                    System.out.printf("talk-off: key %d in voice %s%n", key, VOICES.get(round % VOICES.size()));
                }
                cycles++;
            }
        }
        System.out.printf("talk-off: %d false keys in %d minutes of speech%n", found, cycles / 50 / 60);
        assertThat(found).isLessThanOrEqualTo(3);
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("espeak-ng", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private short[] speak(String voice, int pitch, int round) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 60; word++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(word % 9 == 8 ? ". " : " ");
        }
        Path wav = folder.resolve(round + ".wav");
        Path said = Files.writeString(folder.resolve(round + ".txt"), text, StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(
                        "espeak-ng",
                        "-v",
                        voice,
                        "-p",
                        Integer.toString(pitch),
                        "-w",
                        wav.toString(),
                        "-f",
                        said.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                .as("espeak-ng ends")
                .isTrue();
        assertThat(process.exitValue()).isZero();
        return WavReader.read(Files.readAllBytes(wav)).toMono(AudioFormat.NARROWBAND);
    }
}
