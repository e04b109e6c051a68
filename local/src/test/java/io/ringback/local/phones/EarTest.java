package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EarTest {
    private static final int SSRC = 7;
    private final Ear ear = new Ear(100 * 160);

    /** 20 ms of this value, sent as packet n, arriving at this ms. */
    private void arrives(long ms, int n, int value) {
        arrives(ms, n, value, SSRC);
    }

    private void arrives(long ms, int n, int value, int ssrc) {
        short[] samples = new short[160];
        Arrays.fill(samples, (short) value);
        int timestamp = Integer.MAX_VALUE - 200 + n * 160;
        ear.take(ms * 1000, RtpPacket.of(0, false, n, timestamp, ssrc, new byte[160]), samples);
    }

    /** One value per 20 ms of what was heard by this ms. */
    private int[] heardAt(long ms) {
        for (short[] frame = ear.listen(ms * 1000); frame.length > 0; frame = ear.listen(ms * 1000)) {
            assertThat(frame).hasSize(160);
        }
        short[] heard = ear.heard();
        int[] values = new int[heard.length / 160];
        for (int i = 0; i < values.length; i++) {
            values[i] = heard[i * 160];
        }
        return values;
    }

    @Test
    void lagsBehindSoThatLatePacketsFindTheirPlace() {
        arrives(20, 0, 1);
        arrives(60, 2, 3);
        arrives(80, 3, 4);
        arrives(95, 1, 2);
        assertThat(heardAt(260)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whatIsLostIsSilence() {
        arrives(20, 0, 1);
        arrives(60, 2, 3);
        assertThat(heardAt(260)).containsExactly(0, 1, 0, 3, 0);
    }

    @Test
    void aDoubledPacketChangesNothing() {
        arrives(20, 0, 1);
        arrives(21, 0, 1);
        arrives(40, 1, 2);
        assertThat(heardAt(220)).containsExactly(0, 1, 2);
    }

    @Test
    void timeGoesOnWhileNothingArrives() {
        arrives(0, 0, 5);
        assertThat(heardAt(1180)).hasSize(51).startsWith(5, 0, 0);
    }

    @Test
    void aNewSourceStandsWhereItArrives() {
        arrives(0, 0, 1);
        arrives(20, 1, 2);
        arrives(100, 4711, 9, 8);
        assertThat(heardAt(280)).startsWith(1, 2, 0, 0, 0, 9);
    }

    @Test
    void keepsOnlySoMuch() {
        arrives(0, 0, 1);
        assertThat(heardAt(60_000)).hasSize(100);
    }
}
