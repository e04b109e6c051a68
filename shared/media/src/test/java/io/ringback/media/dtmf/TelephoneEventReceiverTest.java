package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;
import io.ringback.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TelephoneEventReceiverTest {
    private static final int NONE = DtmfTone.NONE;

    private final TelephoneEventReceiver receiver = new TelephoneEventReceiver();
    private final RtpPacket packet = new RtpPacket();
    private int ssrc = 1;

    /** A packet at a time in ms; the payload is written by hand, as RFC 4733 draws it. */
    private int at(long millis, int timestamp, boolean marker, int code, int flags, int duration) {
        byte[] bytes = new byte[16];
        RtpPacket.writeHeader(bytes, 0, 101, marker, 1, timestamp, ssrc);
        bytes[12] = (byte) code;
        bytes[13] = (byte) flags;
        bytes[14] = (byte) (duration >> 8);
        bytes[15] = (byte) duration;
        assertThat(packet.wrap(bytes, 0, 16)).isTrue();
        return receiver.received(packet, millis * 1_000_000);
    }

    @Test
    void aPressIsReportedOnceAtItsFirstPacket() {
        assertThat(at(0, 1000, true, 5, 10, 160)).isEqualTo(5);
        assertThat(receiver.isPressed(1_000_000)).isTrue();
        assertThat(at(20, 1000, false, 5, 10, 320)).isEqualTo(NONE);
        for (int i = 0; i < 3; i++) {
            assertThat(at(40 + i, 1000, false, 5, 0x8A, 480)).isEqualTo(NONE);
        }
        assertThat(receiver.isPressed(43_000_000)).isFalse();
        assertThat(receiver.duration()).isEqualTo(480);
        assertThat(at(100, 1800, true, 5, 10, 160)).as("the same key again").isEqualTo(5);
        assertThat(at(120, 2600, true, 11, 10, 160)).as("another key").isEqualTo(11);
    }

    @Test
    void aMissingMarkerOrFirstPacketChangesNothing() {
        assertThat(at(0, 1000, false, 5, 10, 160)).isEqualTo(5);
        assertThat(at(20, 1000, false, 5, 0x8A, 320)).isEqualTo(NONE);
        assertThat(at(200, 3000, false, 6, 0x8A, 800))
                .as("only its last packet came")
                .isEqualTo(6);
        assertThat(at(201, 3000, false, 6, 0x8A, 800)).isEqualTo(NONE);
    }

    @Test
    void theReservedBitIsNotTheEnd() {
        at(0, 1000, true, 5, 0x4A, 160);
        assertThat(receiver.isPressed(1_000_000)).isTrue();
        at(20, 1000, false, 5, 0xCA, 320);
        assertThat(receiver.isPressed(21_000_000)).isFalse();
    }

    @Test
    void withoutAnEndItIsOverAfterOneHundredAndTwentyMilliseconds() {
        at(0, 1000, true, 5, 10, 160);
        assertThat(receiver.isPressed(120_000_000)).isTrue();
        assertThat(receiver.isPressed(121_000_000)).isFalse();
        assertThat(at(130, 1000, false, 5, 10, 800))
                .as("late, but the same press")
                .isEqualTo(NONE);
        assertThat(at(300, 3000, false, 5, 10, 160)).as("a new one").isEqualTo(5);
    }

    @Test
    void aLongPressInSegmentsIsOne() {
        assertThat(at(0, 1000, true, 5, 10, 0xFF00)).isEqualTo(5);
        assertThat(at(20, 1000, false, 5, 10, 0xFFFF)).isEqualTo(NONE);
        assertThat(at(100, 1000 + 0xFFFF, false, 5, 10, 160))
                .as("more than 40 ms on")
                .isEqualTo(NONE);
        assertThat(at(120, 1000 + 0xFFFF, false, 5, 0x8A, 320)).isEqualTo(NONE);
    }

    @Test
    void aMarkerOrAnEndBeforeItMakesASegmentANewPress() {
        at(0, 1000, true, 5, 10, 0xFFFF);
        assertThat(at(100, 1000 + 0xFFFF, true, 5, 10, 160)).isEqualTo(5);
        at(110, 1000 + 0xFFFF, false, 5, 0x8A, 0xFFFF);
        assertThat(at(120, 1000 + 2 * 0xFFFF, false, 5, 10, 160)).isEqualTo(5);
    }

    @Test
    void aTimestampThatCountsOnWithinFortyMillisecondsIsTheSamePress() {
        assertThat(at(0, 1000, true, 5, 10, 160)).isEqualTo(5);
        assertThat(at(20, 1160, false, 5, 10, 320)).isEqualTo(NONE);
        assertThat(at(60, 1320, true, 5, 10, 480)).isEqualTo(NONE);
        assertThat(at(101, 1480, false, 5, 10, 160)).as("41 ms").isEqualTo(5);
        assertThat(at(121, 1480, false, 5, 0x8A, 320)).isEqualTo(NONE);
        assertThat(at(130, 1640, false, 5, 10, 160)).as("after an end").isEqualTo(5);
        assertThat(at(140, 1800, false, 6, 10, 160)).as("another key").isEqualTo(6);
    }

    @Test
    void aStragglerOfThePressBeforeIsNoPress() {
        at(0, 1000, true, 5, 10, 160);
        at(100, 2600, true, 6, 10, 160);
        assertThat(at(110, 1000, false, 5, 0x8A, 800)).isEqualTo(NONE);
        assertThat(at(120, 2600, false, 6, 10, 320)).as("6 still lasts").isEqualTo(NONE);
        assertThat(at(2000, 500, true, 5, 10, 160)).as("time set anew").isEqualTo(5);
    }

    @Test
    void anotherSourceIsAnotherPress() {
        at(0, 1000, true, 5, 10, 160);
        ssrc = 2;
        assertThat(at(10, 1000, true, 5, 10, 160)).isEqualTo(5);
    }

    @Test
    void whatIsNoKeyIsNoPress() {
        assertThat(at(0, 1000, true, 16, 10, 160)).as("hook flash").isEqualTo(NONE);
        byte[] bytes = new byte[15];
        RtpPacket.writeHeader(bytes, 0, 101, true, 1, 9, 1);
        assertThat(packet.wrap(bytes, 0, 15)).isTrue();
        assertThat(receiver.received(packet, 0)).isEqualTo(NONE);
        assertThat(receiver.malformed()).isEqualTo(1);
    }

    @Test
    void ourOwnPressesArriveOverABadLine() {
        long seed = Seeded.seed();
        Random random = new Random(seed);
        OutgoingTones sender = new OutgoingTones(AudioFormat.NARROWBAND, sent -> {});
        RtpSender rtp = new RtpSender(1, 65_530, -100);
        int[] keys = {1, 1, 2, 3, 11, 10, 0, 0};
        assertThat(sender.add(null, keys, 100)).isTrue();
        List<Integer> found = new ArrayList<>();
        byte[] bytes = new byte[172];
        for (int cycle = 0; sender.isBusy(); cycle++) {
            int length = sender.writeEvent(bytes, 101, rtp);
            if (length == 0) {
                rtp.skip(160);
            } else if (random.nextInt(4) > 0) {
                assertThat(packet.wrap(bytes, 0, length)).isTrue();
                int key = receiver.received(packet, cycle * 20_000_000L);
                if (key != NONE) {
                    found.add(key);
                }
            }
        }
        assertThat(found).as("seed %d", seed).containsExactly(1, 1, 2, 3, 11, 10, 0, 0);
    }
}
