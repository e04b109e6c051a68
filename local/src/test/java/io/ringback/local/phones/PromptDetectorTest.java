package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptDetectorTest {
    private final PromptDetector detector = new PromptDetector();

    /** Hears so many ms of a level and returns what was revealed. */
    private List<PromptDetector.Sign> hear(int ms, double dbfs) {
        short[] frame = new short[160];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) Math.round(Math.pow(10, dbfs / 20) * 32768 * Math.sin(2 * Math.PI * 500 * i / 8000));
        }
        List<PromptDetector.Sign> signs = new ArrayList<>();
        for (int i = 0; i < ms / 20; i++) {
            signs.add(detector.hear(frame));
        }
        signs.removeIf(PromptDetector.Sign.NOTHING::equals);
        return signs;
    }

    @Test
    void aPromptBeginsAt200MsLoudAndEndsAt1200MsQuiet() {
        assertThat(hear(500, -90)).isEmpty();
        assertThat(hear(180, -20)).isEmpty();
        assertThat(hear(20, -20)).containsExactly(PromptDetector.Sign.BEGAN);
        assertThat(detector.fromMs()).isEqualTo(500);
        assertThat(hear(1000, -20)).isEmpty();
        assertThat(hear(1180, -51)).isEmpty();
        assertThat(hear(20, -51)).containsExactly(PromptDetector.Sign.ENDED);
        assertThat(detector.toMs()).isEqualTo(1700);
    }

    @Test
    void aPauseInSpeechDoesNotEndIt() {
        hear(600, -20);
        assertThat(hear(1180, -90)).isEmpty();
        assertThat(hear(100, -20)).isEmpty();
        assertThat(hear(1180, -90)).isEmpty();
        assertThat(hear(20, -90)).containsExactly(PromptDetector.Sign.ENDED);
    }

    @Test
    void betweenTheLevelsNeitherLoudNorQuietIsCounted() {
        assertThat(hear(3000, -45)).isEmpty();
        hear(300, -20);
        assertThat(hear(3000, -45)).isEmpty();
    }

    @Test
    void aClickIsNoPrompt() {
        assertThat(hear(180, -10)).isEmpty();
        assertThat(hear(1200, -90)).isEmpty();
        assertThat(hear(180, -10)).isEmpty();
    }

    @Test
    void asManyPromptsAsThereAre() {
        for (int i = 0; i < 3; i++) {
            assertThat(hear(400, -20)).containsExactly(PromptDetector.Sign.BEGAN);
            assertThat(hear(5000, -90)).containsExactly(PromptDetector.Sign.ENDED);
        }
        assertThat(detector.fromMs()).isEqualTo(10_800);
    }

    @Test
    void absoluteSilenceIsQuiet() {
        hear(400, -20);
        short[] nothing = new short[160];
        Arrays.fill(nothing, (short) 0);
        List<PromptDetector.Sign> signs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            signs.add(detector.hear(nothing));
        }
        assertThat(signs).endsWith(PromptDetector.Sign.ENDED);
    }
}
