package io.ringback.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3264's rules, with one G.711 stream as all that we want. */
class MediaSessionTest {
    private static final String HEAD = "v=0\r\no=peer 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n";

    private final MediaSession session = new MediaSession("198.51.100.1", 20000, 1000);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sdp(String... lines) {
        return bytes(HEAD + String.join("\r\n", lines) + "\r\n");
    }

    private NegotiatedMedia answered(String... lines) {
        return agreed(session.accept(sdp(lines))).media();
    }

    private static Negotiation.Agreed agreed(Negotiation negotiation) {
        assertThat(negotiation).isInstanceOf(Negotiation.Agreed.class);
        return (Negotiation.Agreed) negotiation;
    }

    @Test
    void theOfferNamesBothCodecsAndEvents() {
        assertThat(session.offer()).isEqualTo("""
                        v=0
                        o=ringback 1000 1001 IN IP4 198.51.100.1
                        s=-
                        c=IN IP4 198.51.100.1
                        t=0 0
                        m=audio 20000 RTP/AVP 0 8 101
                        a=rtpmap:0 PCMU/8000
                        a=rtpmap:8 PCMA/8000
                        a=rtpmap:101 telephone-event/8000
                        a=fmtp:101 0-16
                        a=ptime:20
                        a=sendrecv
                        a=rtcp:20001
                        """.replace("\n", "\r\n"));
    }

    @Test
    void theVersionStandsUntilSomethingChanges() {
        String first = session.offer();

        assertThat(session.offer()).isEqualTo(first);
        String held = agreed(session.answer(sdp("m=audio 4000 RTP/AVP 0", "a=sendonly")))
                .answer();
        assertThat(held).contains("o=ringback 1000 1002 ");
        assertThat(session.offer()).contains("o=ringback 1000 1003 ");
    }

    @Test
    void eachSideSendsUnderTheOthersNumbers() {
        session.offer();
        NegotiatedMedia media =
                answered("m=audio 4000 RTP/AVP 110 96", "a=rtpmap:110 pcmu/8000/1", "a=rtpmap:96 TELEPHONE-EVENT/8000");

        assertThat(media.codec()).isEqualTo(AudioCodec.PCMU);
        assertThat(media.sendPayloadType()).isEqualTo(110);
        assertThat(media.receivePcmu()).hasValue(0);
        assertThat(media.receivePcma()).isEmpty();
        assertThat(media.sendTelephoneEvent()).hasValue(96);
        assertThat(media.receiveTelephoneEvent()).hasValue(101);
        assertThat(media.remoteRtp()).isEqualTo(new InetSocketAddress("192.0.2.7", 4000));
        assertThat(media.remoteRtcp()).isEqualTo(new InetSocketAddress("192.0.2.7", 4001));
        assertThat(media.receiveComfortNoise()).isFalse();
    }

    @Test
    void anAnswersFirstCodecIsTheOneWeSend() {
        session.offer();
        NegotiatedMedia media = answered("m=audio 4000 RTP/AVP 8 0 13");

        assertThat(media.codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(media.receivePcmu()).hasValue(0);
        assertThat(media.receivePcma()).hasValue(8);
        assertThat(media.sendTelephoneEvent()).isEmpty();
        assertThat(media.receiveTelephoneEvent()).isEmpty();
        assertThat(media.receiveComfortNoise()).isTrue();
    }

    @Test
    void theRtcpAttributeAndTheLinesOwnAddressCount() {
        session.offer();
        NegotiatedMedia media =
                answered("m=audio 4000 RTP/AVP 0", "c=IN IP4 203.0.113.9", "a=rtcp:5555 IN IP4 203.0.113.5");

        assertThat(media.remoteRtp()).isEqualTo(new InetSocketAddress("203.0.113.9", 4000));
        assertThat(media.remoteRtcp()).isEqualTo(new InetSocketAddress("203.0.113.5", 5555));
    }

    /** Our RTP sockets are of IPv4. */
    @ParameterizedTest
    @ValueSource(strings = {"c=IN IP6 2001:db8::9", "a=rtcp:5555 IN IP6 2001:db8::9"})
    void anAddressThatWeCannotSendToIsRefused(String line) {
        session.offer();

        assertThat(session.accept(sdp("m=audio 4000 RTP/AVP 0", line))).isInstanceOf(Negotiation.Refused.class);
        assertThat(session.answer(sdp("m=audio 4000 RTP/AVP 0", line))).isInstanceOf(Negotiation.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, 192.0.2.7, sendrecv, true,  true",
        "sendonly, 192.0.2.7, recvonly, false, true",
        "recvonly, 192.0.2.7, sendonly, true,  false",
        "inactive, 192.0.2.7, inactive, false, false",
        "sendrecv, 0.0.0.0,   recvonly, false, true",
    })
    void aHeldOfferIsMirrored(String offered, String address, String answered, boolean weSend, boolean weReceive) {
        Negotiation.Agreed agreed =
                agreed(session.answer(sdp("m=audio 4000 RTP/AVP 0", "c=IN IP4 " + address, "a=" + offered)));

        assertThat(agreed.answer()).contains("a=" + answered + "\r\n");
        assertThat(agreed.media().weSend()).isEqualTo(weSend);
        assertThat(agreed.media().weReceive()).isEqualTo(weReceive);
    }

    @Test
    void theSessionsDirectionHoldsForItsLines() {
        byte[] offer = bytes(HEAD + "a=inactive\r\nm=audio 4000 RTP/AVP 0\r\n");

        assertThat(agreed(session.answer(offer)).answer()).contains("a=inactive\r\n");
    }

    @Test
    void anAnswerUsesTheOfferersNumbersInBothDirections() {
        Negotiation.Agreed agreed = agreed(session.answer(
                sdp("m=audio 4000 RTP/AVP 18 8 97", "a=rtpmap:97 telephone-event/8000", "a=rtpmap:18 G729/8000")));

        assertThat(agreed.answer()).contains("m=audio 20000 RTP/AVP 8 97\r\n", "a=rtpmap:97 telephone-event/8000");
        assertThat(agreed.media().receiveTelephoneEvent()).hasValue(97);
        assertThat(agreed.media().sendTelephoneEvent()).hasValue(97);
        // Numbers once agreed stay for the session (RFC 3264 §8.3.2).
        assertThat(session.offer()).contains("m=audio 20000 RTP/AVP 8 97\r\n");
    }

    @Test
    void otherMediaAreRefusedByPortZeroInTheirPlace() {
        Negotiation.Agreed agreed = agreed(session.answer(sdp(
                "m=video 6000 RTP/AVP 99",
                "m=audio 4000 RTP/AVP 0",
                "m=image 7000 udptl t38",
                "m=audio 8 RTP/SAVP 0")));

        assertThat(agreed.answer().lines().filter(line -> line.startsWith("m=")))
                .containsExactly(
                        "m=video 0 RTP/AVP 99",
                        "m=audio 20000 RTP/AVP 0",
                        "m=image 0 udptl t38",
                        "m=audio 0 RTP/SAVP 0");
        assertThat(session.offer().lines().filter(line -> line.startsWith("m=")))
                .hasSize(4);
        assertThat(session.accept(sdp("m=video 0 RTP/AVP 99", "m=audio 4002 RTP/AVP 0")))
                .isInstanceOf(Negotiation.Agreed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=image 7000 udptl t38",
                "m=audio 4000 RTP/AVP 18",
                "m=audio 0 RTP/AVP 0",
                "m=audio 4000 RTP/SAVP 0",
                "m=audio 4000 RTP/AVP 110",
                "a=nothing",
                "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 example.org",
                "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 999.1.1.1",
                "m=audio 65535 RTP/AVP 0",
                "m=audio 70000 RTP/AVP 0",
                "m=audio -1 RTP/AVP 0",
                "m=audio 4000",
                "m=audio 4000 RTP/AVP 0\r\na=rtcp:x",
            })
    void whatFitsNobodyIsRefused(String line) {
        assertThat(session.answer(sdp(line))).isInstanceOf(Negotiation.Refused.class);
        session.offer();
        assertThat(session.accept(sdp(line))).isInstanceOf(Negotiation.Refused.class);
    }

    @Test
    void aRefusedOfferChangesNothing() {
        String before = session.offer();

        session.answer(sdp("m=image 7000 udptl t38"));

        assertThat(session.offer()).isEqualTo(before);
    }

    @Test
    void anIpv6AddressIsOfferedAsSuch() {
        assertThat(new MediaSession("2001:db8::1", 20000, 1).offer()).contains("c=IN IP6 2001:db8::1\r\n");
    }
}
