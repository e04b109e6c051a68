package io.ringback.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.codec.G711;
import org.junit.jupiter.api.Test;

final class RtpSenderTest {
    private final RtpSender sender = new RtpSender(7, 0xFFFF, -160);
    private final RtpPacket packet = new RtpPacket();
    private final byte[] bytes = new byte[200];
    private final short[] frame = new short[160];

    private void sound() {
        int length = sender.writeSound(bytes, 0, G711.MU_LAW, frame);
        assertThat(packet.wrap(bytes, 0, length)).isTrue();
    }

    @Test
    void sequenceAndTimeRunOnAcrossTheirWraps() {
        sound();
        assertThat(packet.sequence()).isEqualTo(0xFFFF);
        assertThat(packet.timestamp()).isEqualTo(-160);
        assertThat(packet.payloadLength()).isEqualTo(160);
        assertThat(bytes[12]).isEqualTo((byte) 0xFF);
        sound();
        assertThat(packet.sequence()).isZero();
        assertThat(packet.timestamp()).isZero();
        assertThat(packet.ssrc()).isEqualTo(7);
        assertThat(sender.packets()).isEqualTo(2);
        assertThat(sender.payloadBytes()).isEqualTo(320);
    }

    @Test
    void theMarkerStandsAtTheStartAndAfterASkip() {
        sound();
        assertThat(packet.marker()).isTrue();
        sound();
        assertThat(packet.marker()).isFalse();
        sender.skip(480);
        sound();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequence()).isEqualTo(1);
        assertThat(packet.timestamp()).isEqualTo(640);
    }

    @Test
    void anEventSharesTheSequenceAndTimeGoesOnUnderIt() {
        sound();
        assertThat(packet.wrap(bytes, 0, sender.writeEvent(bytes, 101, true, 0, 4, 160)))
                .isTrue();
        assertThat(packet.sequence()).isZero();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(101);
        assertThat(packet.payloadLength()).isEqualTo(4);
        assertThat(packet.wrap(bytes, 0, sender.writeEvent(bytes, 101, false, 0, 4, 160)))
                .isTrue();
        assertThat(packet.timestamp()).isZero();
        sound();
        assertThat(packet.sequence()).isEqualTo(2);
        assertThat(packet.timestamp()).isEqualTo(320);
        assertThat(packet.marker()).isFalse();
    }
}
