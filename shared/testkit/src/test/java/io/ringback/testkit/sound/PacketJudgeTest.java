package io.ringback.testkit.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketJudgeTest {
    private static final double STALL = 50;
    private static final double DRIFT = 50;
    private static final long MS = 1_000_000;

    private final PacketJudge judge = new PacketJudge(160, 8000);
    private int sequence = 65_000;
    private int timestamp = -40_000;
    private int source = 7;
    private double now = 3;

    private void send() {
        byte[] bytes = ByteBuffer.allocate(172)
                .put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(source)
                .array();
        judge.packet((long) (now * MS), bytes, bytes.length);
    }

    private void next(double millis) {
        now += millis;
        sequence++;
        timestamp += 160;
        send();
    }

    private void minute() {
        for (int i = 0; i < 3000; i++) {
            next(20);
        }
    }

    private List<String> complaints() {
        return judge.complaints(STALL, DRIFT);
    }

    @Test
    void aGoodStreamPasses() {
        send();
        minute();
        assertThat(complaints()).isEmpty();
        assertThat(judge.packets()).isEqualTo(3001);
        assertThat(judge.longestGapMillis()).isCloseTo(20, within(0.001));
    }

    @Test
    void aStallOfSixtyMillisecondsFails() {
        minute();
        next(60);
        next(0);
        next(0);
        minute();
        assertThat(complaints()).containsExactly("stalled 60.0 ms after packet 3000");
    }

    @Test
    void oneDroppedFrameFails() {
        minute();
        sequence++;
        timestamp += 160;
        next(40);
        minute();
        assertThat(complaints()).containsExactly("1 missing");
    }

    @Test
    void oneFrameDroppedBeforeNumberingFails() {
        minute();
        timestamp += 160;
        next(20);
        minute();
        assertThat(complaints()).contains("1 timestamps not 160 on");
    }

    @Test
    void oneDoubledFrameFails() {
        minute();
        send();
        minute();
        assertThat(complaints()).containsExactly("1 duplicates");
    }

    @Test
    void oneFrameDoubledBeforeNumberingFails() {
        minute();
        timestamp -= 160;
        next(20);
        minute();
        assertThat(complaints()).contains("1 timestamps not 160 on");
    }

    @Test
    void anotherSourceFails() {
        minute();
        source = 8;
        next(20);
        assertThat(complaints()).containsExactly("2 sources");
    }

    @Test
    void reorderingFails() {
        minute();
        sequence += 2;
        timestamp += 320;
        send();
        sequence--;
        timestamp -= 160;
        send();
        assertThat(complaints()).contains("1 reordered");
    }

    @Test
    void driftIsMeasuredOnBothSides() {
        for (int i = 0; i < 3000; i++) {
            next(20 * (1 - 200e-6) + (i % 2 == 0 ? 3 : -3));
        }
        assertThat(judge.driftPpm()).isCloseTo(200, within(5.0));
        assertThat(complaints()).containsExactly("drifts by 200 ppm");
    }

    @Test
    void nothingAndNonsenseFail() {
        assertThat(complaints()).containsExactly("no packets");
        judge.packet(0, new byte[20], 20);
        assertThat(complaints()).containsExactly("no packets", "1 malformed");
    }
}
