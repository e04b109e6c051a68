package io.ringback.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounded, and never anything but a list or the one checked outcome. */
class SdpParserTest {
    static Stream<String> excesses() {
        return Stream.of(
                "",
                "v=1\r\n",
                "hello",
                "v=0\r\n" + "a=x\r\n".repeat(SdpParser.MAX_LINES),
                "v=0\r\n" + "m=audio 4 RTP/AVP 0\r\n".repeat(SdpParser.MAX_MEDIA + 1),
                "v=0\r\nm=audio 4 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS + 1),
                "v=0\r\n" + "x".repeat(SdpParser.MAX_BYTES),
                "v=0\r\nm=audio 4 RTP/AVP 0\u0007");
    }

    @ParameterizedTest
    @MethodSource("excesses")
    void anExcessIsRefused(String body) {
        assertThatExceptionOfType(SdpException.class)
                .isThrownBy(() -> SdpParser.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsAtTheBoundsIsRead() throws Exception {
        String formats = "m=audio 4 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS) + "\r\n";
        String body = "v=0\nc=IN IP4 192.0.2.1/127\n" + formats.repeat(SdpParser.MAX_MEDIA);

        assertThat(SdpParser.parse(body.getBytes(StandardCharsets.UTF_8))).hasSize(SdpParser.MAX_MEDIA);
    }

    /** Every mutation of a good body is read or refused; anything else thrown fails the test. */
    @Test
    void mutationsNeverThrowAnythingElse() {
        Random random = new Random(20240601);
        byte[] good = new MediaSession("192.0.2.1", 20000, 1).offer().getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] body = good.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            MediaSession session = new MediaSession("192.0.2.1", 20000, 1);
            refused += session.answer(body) instanceof Negotiation.Refused ? 1 : 0;
        }
        assertThat(refused).isBetween(1, 19_999);
    }
}
