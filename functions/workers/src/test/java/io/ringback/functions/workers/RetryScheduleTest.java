package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant MUCH_LATER = NOW.plus(Duration.ofDays(1));

    private final RetrySchedule exact = new RetrySchedule(() -> 0);

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 5", "3, 10", "4, 30", "5, 60", "6, 120", "7, 300", "8, 300", "200, 300"})
    void theStepsOfTheContract(int failedBefore, long seconds) {
        assertThat(exact.next(NOW, failedBefore, false, Duration.ZERO, MUCH_LATER))
                .contains(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 10", "7, 300"})
    void jitterOnlyEverAdds(int failedBefore, long seconds) {
        RetrySchedule latest = new RetrySchedule(() -> 0.999);

        assertThat(latest.next(NOW, failedBefore, false, Duration.ZERO, MUCH_LATER)
                        .orElseThrow())
                .isAfter(NOW.plusMillis(seconds * 1050))
                .isBefore(NOW.plusMillis(seconds * 1100));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "6", "9"})
    void afterADeadLetterEveryPauseIsTheLastStep(int failedBefore) {
        assertThat(exact.next(NOW, failedBefore, true, Duration.ZERO, MUCH_LATER))
                .contains(NOW.plusSeconds(300));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0.5S, PT1S", // never sooner than the schedule
        "0, PT45S, PT45S",
        "7, PT10M, PT10M",
        "0, PT11M, PT10M", // and never later than ten minutes
        "0, PT1000H, PT10M"
    })
    void retryAfterIsHonouredUpToTenMinutes(int failedBefore, Duration asked, Duration pause) {
        assertThat(exact.next(NOW, failedBefore, false, asked, MUCH_LATER)).contains(NOW.plus(pause));
    }

    @Test
    void nothingIsPlannedForAfterTheEnd() {
        assertThat(exact.next(NOW, 7, false, Duration.ZERO, NOW.plusSeconds(300)))
                .contains(NOW.plusSeconds(300));
        assertThat(exact.next(NOW, 7, false, Duration.ZERO, NOW.plusSeconds(299)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 5", "3, 10"})
    void aCallerWhoRingsIsToldOfAtItsOwnMoments(int failedBefore, long seconds) {
        assertThat(exact.nextWhileRinging(NOW, failedBefore, NOW)).contains(NOW.plusSeconds(seconds));
        assertThat(exact.nextWhileRinging(NOW, 4, NOW)).isEmpty();
    }

    @Test
    void whoAnswersLateIsNotToldTwiceAtOnce() {
        assertThat(exact.nextWhileRinging(NOW.plusSeconds(9), 2, NOW)).contains(NOW.plusSeconds(10));
        assertThat(exact.nextWhileRinging(NOW.plusSeconds(30), 3, NOW)).contains(NOW.plusSeconds(31));
    }
}
