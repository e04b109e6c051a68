package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineProfileTest {
    @Test
    void readsEveryPart() {
        assertThat(LineProfile.parse("loss=2%, jitter=30ms,drift=-200ppm,dtmf=lostend,nat"))
                .isEqualTo(new LineProfile(0.02, Duration.ofMillis(30), -200, KeySignalling.LOST_END, true));
    }

    @Test
    void anEmptyTextIsACleanLine() {
        assertThat(LineProfile.parse(" ")).isEqualTo(LineProfile.CLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "loss=2.5%", "jitter=30ms,drift=200ppm", "dtmf=inband", "dtmf=info,nat", "dtmf=nomarker"})
    void writesWhatItReads(String text) {
        assertThat(LineProfile.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss=2|expected a number followed by %",
                "loss=51%|loss must be 0% to 50%",
                "jitter=2s|expected a number followed by ms",
                "jitter=501ms|jitter must be 0ms to 500ms",
                "drift=2000ppm|drift must be -1000ppm to 1000ppm",
                "dtmf=morse|dtmf is one of rfc4733, nomarker, lostend, info, inband",
                "nat=yes|nat takes no value",
                "echo|known are loss, jitter, drift, dtmf, nat",
                "loss=2%,|known are"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineProfile.parse(text))
                .withMessageStartingWith("line profile, \"")
                .withMessageContaining(message);
    }
}
