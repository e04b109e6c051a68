package io.ringback.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptTest {
    private static final String SMILE = "\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource({
        "a, 256, a, 256",
        "a, 257, a, 256",
        "\u00e9, 200, \u00e9, 128",
        "\ufffd, 256, \ufffd, 85",
        SMILE + ", 64, " + SMILE + ", 64",
        SMILE + ", 65, " + SMILE + ", 64",
    })
    void ofALongDetailTheBeginningIsKeptInWholeCharacters(String what, int times, String kept, int keptTimes) {
        assertThat(detail(what.repeat(times))).isEqualTo(kept.repeat(keptTimes));
    }

    @ParameterizedTest
    @CsvSource({"1, 63", "2, 63", "3, 63", "4, 63"})
    void aCharacterThatDoesNotFitIsLeftOutWhereverItBegins(int before, int smiles) {
        assertThat(detail("a".repeat(before) + SMILE.repeat(64))).isEqualTo("a".repeat(before) + SMILE.repeat(smiles));
    }

    @Test
    void halfASurrogatePairBecomesAQuestionMark() {
        assertThat(detail("busy " + SMILE.charAt(0))).isEqualTo("busy ?");
    }

    private static String detail(String text) {
        return new Attempt(1, Instant.EPOCH, Outcome.FAILED, 503, text).detail();
    }
}
