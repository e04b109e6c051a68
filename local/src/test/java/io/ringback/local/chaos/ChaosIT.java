package io.ringback.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Nothing is lost, nobody is rung twice, whatever breaks. The short form; with {@code -Pchaos} it rages for 20 minutes.
 * The seed is printed: {@code -Dringback.chaos.seed} has the same faults and scripts again, as far as threads allow.
 */
@Isolated("its storm needs the whole machine")
class ChaosIT {
    /** The longest visibility of a message, and a few steps of the schedule of deliveries. */
    private static final Duration CALMING = Duration.ofSeconds(150);

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostAndNobodyIsRungTwice() throws Exception {
        ChaosPlan plan = ChaosPlan.fromProperties();
        System.out.println("chaos, " + plan);
        try (ChaosRun run = new ChaosRun(plan, folder)) {
            run.rage();
            long calm = System.nanoTime();
            awaitCalm(run);
            System.out.println(run.report() + "all over "
                    + Duration.ofNanos(System.nanoTime() - calm).toSeconds() + " s after the storm");
            List<String> complaints = run.complaints();
            assertThat(complaints).as(plan.toString()).isEmpty();
            assertThat(run.kills()).as("kills of the gateway").isPositive();
            assertThat(run.survived()).as("boundaries at which nobody died").isEmpty();
        }
    }

    private static void awaitCalm(ChaosRun run) {
        try {
            Awaitility.await()
                    .atMost(CALMING)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> run.isQuiet() && run.complaints().isEmpty());
        } catch (ConditionTimeoutException late) {
            // What is wrong is said by the judges.
            System.out.println("no calm within " + CALMING.toSeconds() + " s");
        }
    }
}
