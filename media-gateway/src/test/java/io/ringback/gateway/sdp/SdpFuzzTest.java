package io.ringback.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.fuzz.Fuzz;
import io.ringback.testkit.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SdpFuzzTest {
    private static final int INPUTS = 6000;

    private static final Mutator MUTATOR = new Mutator(
            Stream.of("""
                            v=0
                            o=p 1 1 IN IP4 127.0.0.1
                            s=-
                            c=IN IP4 127.0.0.1
                            t=0 0
                            m=audio 40000 RTP/AVP 8 0 13 101
                            a=rtpmap:101 telephone-event/8000
                            a=fmtp:101 0-15
                            a=ptime:20
                            a=sendonly
                            a=rtcp:40007
                            """, """
                            v=0
                            o=- 2890844526 2890842807 IN IP6 ::1
                            s=x
                            t=0 0
                            c=IN IP6 2001:db8::1
                            m=video 1 RTP/AVP 31
                            m=audio 5004/2 RTP/AVP 96 0
                            a=rtpmap:96 PCMU/8000/1
                            m=image 9 udptl t38
                            a=inactive
                            """, new MediaSession("127.0.0.1", 40_000, 1).offer())
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .toList(),
            List.of(
                    "\r\n",
                    "m=audio ",
                    "m=",
                    "a=",
                    "a=rtpmap:",
                    "a=fmtp:",
                    "c=IN IP4 ",
                    "IN IP6 ",
                    "RTP/AVP",
                    "RTP/SAVP",
                    "PCMU/8000",
                    "PCMA/8000/2",
                    "telephone-event/8000",
                    "a=recvonly\r\n",
                    "0.0.0.0",
                    "255.255.255.255",
                    "/",
                    " ",
                    "\0",
                    "v=0\r\n"),
            SdpParser.MAX_BYTES + 100);

    @Test
    void everyOfferIsAnsweredOrRefused() {
        Fuzz.run("SDP offer", INPUTS, MUTATOR, input -> {
            MediaSession session = new MediaSession("127.0.0.1", 40_000, 1);
            return outcome(session.answer(input));
        });
    }

    @Test
    void everyAnswerIsTakenOrRefused() {
        Fuzz.run("SDP answer", INPUTS, MUTATOR, input -> {
            MediaSession session = new MediaSession("127.0.0.1", 40_000, 1);
            assertThat(session.offer()).startsWith("v=0");
            return outcome(session.accept(input));
        });
    }

    private static String outcome(Negotiation negotiation) {
        if (negotiation instanceof Negotiation.Agreed agreed) {
            assertThat(agreed.media().remoteRtp().isUnresolved())
                    .as("a name was left to resolve")
                    .isFalse();
            assertThat(agreed.answer().length()).isLessThan(SdpParser.MAX_BYTES);
            return "agreed";
        }
        return "refused";
    }
}
