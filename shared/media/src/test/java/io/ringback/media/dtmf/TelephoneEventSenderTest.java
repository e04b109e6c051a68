package io.ringback.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

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
        byte[] bytes = new byte[172];
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
        sender.press(11, 60);
        assertThat(cycles(6))
                .containsExactly(
                        "80e50000" + "000010a0" + "01020304" + "0b0a00a0",
                        "80650001" + "000010a0" + "01020304" + "0b0a0140",
                        "80650002" + "000010a0" + "01020304" + "0b8a01e0",
                        "80650003" + "000010a0" + "01020304" + "0b8a01e0",
                        "80650004" + "000010a0" + "01020304" + "0b8a01e0",
                        "sound");
        assertThat(rtp.timestamp()).as("time goes on under it").isEqualTo(0x1000 + 7 * 160);
        assertThat(sender.isPressed()).isFalse();
    }

    @Test
    void aReleasedPressEndsWithItsNextPacketAndTellsNoLongerDuration() {
        sender.press(3, 500);
        cycles(2);
        sender.release();
        assertThat(cycles(4))
                .containsExactly(
                        "80650002" + "00001000" + "01020304" + "038a0140",
                        "80650003" + "00001000" + "01020304" + "038a0140",
                        "80650004" + "00001000" + "01020304" + "038a0140",
                        "sound");
    }

    @Test
    void aPressIsNotLongerThanAnEventCanTell() {
        sender.press(1, 60_000);
        int packets = 0;
        while (sender.isPressed()) {
            assertThat(cycles(1)).doesNotContain("sound");
            packets++;
        }
        assertThat(packets).isEqualTo(0xFFFF / 160 + 2);
    }
}
