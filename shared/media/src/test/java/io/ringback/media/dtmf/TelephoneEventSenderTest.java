package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpSender;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TelephoneEventSenderTest {
    private final TelephoneEventSender sender = new TelephoneEventSender(AudioFormat.NARROWBAND);
    private final RtpSender rtp = new RtpSender(0x01020304, 0, 0x1000);

    /** The packets of that many cycles in hex; "sound" where none of an event was sent. */
    private List<String> cycles(int count) {
        List<String> sent = new ArrayList<>();
        byte[] bytes = new byte[TelephoneEventSender.PACKET_BYTES];
        for (int i = 0; i < count; i++) {
            int length = sender.write(bytes, 101, rtp);
            if (length == 0) {
                rtp.skip(160);
            }
            sent.add(length == 0 ? "sound" : HexFormat.of().formatHex(bytes, 0, length));
        }
        return sent;
    }

    @Test
    void aPressGrowsAndItsEndIsSentThreeTimes() {
        assertThat(cycles(1)).containsExactly("sound");
        sender.send(11, 60);
        assertThat(cycles(6))
                .containsExactly(
                        "80e50000" + "000010a0" + "01020304" + "0b0a00a0",
                        "80650001" + "000010a0" + "01020304" + "0b0a0140",
                        "80650002" + "000010a0" + "01020304" + "0b8a01e0",
                        "80650003" + "000010a0" + "01020304" + "0b8a01e0",
                        "80650004" + "000010a0" + "01020304" + "0b8a01e0",
                        "sound");
        assertThat(rtp.timestamp()).as("time goes on under it").isEqualTo(0x1000 + 7 * 160);
        assertThat(sender.isBusy()).isFalse();
    }

    @Test
    void sixtyMillisecondsOfSoundSeparatePresses() {
        sender.send(1, 20);
        sender.send(1, 20);
        List<String> sent = cycles(9);
        assertThat(sent.subList(3, 6)).containsOnly("sound");
        assertThat(sent.get(6)).startsWith("80e50003").endsWith("018a00a0");
    }

    @Test
    void tooManyAndTooLongAreBounded() {
        for (int i = 0; i < TelephoneEventSender.QUEUE; i++) {
            assertThat(sender.send(1, 20)).isTrue();
        }
        assertThat(sender.send(1, 20)).isFalse();
        assertThatThrownBy(() -> sender.send(16, 20)).isInstanceOf(IllegalArgumentException.class);
        TelephoneEventSender longer = new TelephoneEventSender(AudioFormat.NARROWBAND);
        longer.send(1, 60_000);
        byte[] bytes = new byte[TelephoneEventSender.PACKET_BYTES];
        int packets = 0;
        while (longer.isBusy()) {
            assertThat(longer.write(bytes, 101, rtp)).isPositive();
            packets++;
        }
        assertThat(packets).isEqualTo(0xFFFF / 160 + 2);
    }
}
