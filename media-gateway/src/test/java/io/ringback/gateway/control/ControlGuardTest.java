package io.ringback.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.control.ControlGuard.Verdict;
import io.ringback.gateway.guard.FailedLogins;
import io.ringback.testkit.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ControlGuardTest {
    private static final String WORKER = "10.0.0.1";
    private static final String STRANGER = "10.0.0.2";

    private final FakeClock clock = FakeClock.atNoon();
    private final ControlGuard guard = new ControlGuard(new ControlToken(() -> "old", () -> "new"), clock);

    @Test
    void whoFailedTooOftenIsSentAwayUntilTheMinuteIsOver() {
        failOften(STRANGER);

        assertThat(guard.judge(STRANGER, "Bearer wrong")).isEqualTo(Verdict.SENT_AWAY);
        assertThat(guard.judge(WORKER, "Bearer wrong")).isEqualTo(Verdict.WRONG);
        clock.advance(FailedLogins.WINDOW.plusMillis(1));
        assertThat(guard.judge(STRANGER, "Bearer wrong")).isEqualTo(Verdict.WRONG);
        assertThat(guard.gauges())
                .containsEntry("wrongTokens", FailedLogins.MOST + 3L)
                .containsEntry("refusedTokens", 1L);
    }

    @Test
    void theRightTokenIsGoodWhateverWasShownBefore() {
        failOften(STRANGER);
        assertThat(guard.judge(STRANGER, "")).isEqualTo(Verdict.SENT_AWAY);

        assertThat(guard.judge(STRANGER, "Bearer old")).isEqualTo(Verdict.LET_IN);
        assertThat(guard.judge(STRANGER, "Bearer new")).isEqualTo(Verdict.LET_IN);
    }

    @Test
    void aThousandFailuresMakeOneLineAMinute() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < 1000; i++) {
                guard.judge("10.0.1." + i % 250, "Bearer guess" + i);
            }
            clock.advance(FailedLogins.WINDOW.plusMillis(1));
            guard.judge(STRANGER, "Bearer wrong");
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .noneMatch(line -> line.contains("guess"))
                .anyMatch(line -> line.contains("1000 times") && line.contains(STRANGER));
    }

    private void failOften(String source) {
        for (int i = 0; i < FailedLogins.MOST; i++) {
            assertThat(guard.judge(source, "Bearer wrong")).isEqualTo(Verdict.WRONG);
        }
    }
}
