package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndReasonsTest {
    @ParameterizedTest
    @CsvSource({
        "486, false, BUSY",
        "600, true, BUSY",
        "603, true, DECLINED",
        "403, false, DECLINED",
        "408, false, NO_ANSWER",
        "480, true, NO_ANSWER",
        "480, false, UNREACHABLE",
        "500, false, UNREACHABLE",
        "503, true, UNREACHABLE",
        "599, true, UNREACHABLE",
        "404, false, NOT_FOUND",
        "410, true, NOT_FOUND",
        "484, false, NOT_FOUND",
        "604, true, NOT_FOUND",
        "487, true, CANCELLED",
        "302, false, UNREACHABLE",
        "407, false, UNREACHABLE",
        "488, false, UNREACHABLE",
        "699, false, UNREACHABLE",
    })
    void aFinalAnswerHasItsReason(int status, boolean rang, EndReason reason) {
        assertThat(EndReasons.of(status, rang)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "HUNG_UP_BY_APPLICATION, CANCELLED",
        "HUNG_UP_BY_PARTICIPANT, CANCELLED",
        "COMPLETED, CANCELLED",
        "NO_ANSWER, NO_ANSWER",
        "CAPACITY, CAPACITY",
        "GATEWAY_LOST, GATEWAY_LOST",
        "MAX_DURATION, MAX_DURATION",
    })
    void aHangUpBeforeTheAnswerIsACancel(EndReason wanted, EndReason reported) {
        assertThat(EndReasons.beforeAnswer(wanted)).isEqualTo(reported);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, 486",
        "DECLINED, 603",
        "HUNG_UP_BY_APPLICATION, 603",
        "POLICY, 403",
        "NOT_FOUND, 404",
        "CAPACITY, 503",
        "GATEWAY_LOST, 503",
        "NO_ANSWER, 480",
        "UNREACHABLE, 480",
    })
    void aCallerWhoIsNotAnsweredIsToldWhy(EndReason reason, int status) {
        assertThat(EndReasons.refusal(reason)).isEqualTo(status);
    }
}
