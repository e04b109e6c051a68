package io.ringback.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlementTest {
    private final Settlement settlement = new Settlement();

    @Test
    void whatHasComeIsSettledAndWhatIsUnderWayIsNot() {
        assertThat(beat(0, 5)).isZero();
        assertThat(beat(5, 9)).isEqualTo(5);
        assertThat(beat(8, 9)).isEqualTo(8);
    }

    @Test
    void whatHasNotComeIsSettledAfterTwoHeartbeats() {
        assertThat(beat(0, 3)).isZero();
        assertThat(beat(1, 3)).isEqualTo(1);
        assertThat(beat(1, 3)).isEqualTo(3);
        // It does not count against those that follow.
        assertThat(beat(1, 7)).isEqualTo(3);
        assertThat(beat(5, 7)).isEqualTo(7);
    }

    @Test
    void aDialThatComesAfterAllIsNotSettledTwice() {
        beat(0, 3);
        beat(0, 3);
        assertThat(beat(0, 3)).isEqualTo(3);
        // All three come; the heartbeat that finds out is the last one to be wrong.
        beat(3, 3);
        assertThat(beat(3, 4)).isEqualTo(3);
        assertThat(beat(4, 4)).isEqualTo(4);
    }

    @Test
    void underSteadyLoadNeverMoreIsOutstandingThanWasReservedLately() {
        long reserved = 0;
        for (int i = 0; i < 100; i++) {
            // Of ten dials two never come.
            long came = reserved * 8 / 10;
            reserved += 10;
            assertThat(reserved - beat(came, reserved)).isLessThanOrEqualTo(30);
        }
    }

    /** What a heartbeat tells, to which this is the answer. */
    private long beat(long came, long reserved) {
        long settled = settlement.settled(came);
        settlement.learn(came, reserved);
        return settled;
    }
}
