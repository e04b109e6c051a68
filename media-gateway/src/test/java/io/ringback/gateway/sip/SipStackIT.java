package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** What a leg does when the far side is slow, silent, wrong or gone, against a peer of plain text on loopback. */
class SipStackIT {
    private final FarSide far = new FarSide();

    SipStackIT() throws IOException {}

    @AfterEach
    void nothingIsLeft() {
        far.close();
    }

    @Test
    @Execution(CONCURRENT)
    void noCancelGoesOutBeforeAProvisionalAnswer() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);

        assertThat(far.peer().next("CANCEL", Duration.ofMillis(600))).isEmpty();
        far.peer().answer(invite, "100 Trying", "", "");
        Message cancel = far.peer().expect("CANCEL");
        assertThat(cancel.header("Via")).isEqualTo(invite.header("Via"));
        assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
        far.peer().answer(cancel, "200 OK", "p", "");
        far.peer().answer(invite, "487 Request Terminated", "p", "");
        far.peer().expect("ACK");
        far.listener().await("ended CANCELLED 487");
    }

    @Test
    @Execution(CONCURRENT)
    void aPeerThatNeverAnswersAnythingIsGivenUp() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.peer().expect("INVITE");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);

        far.listener().await("ended CANCELLED");
    }

    @Test
    @Execution(CONCURRENT)
    void ringingTimeWithoutAnyAnswerIsUnreachable() {
        far.dial("sip:bob@127.0.0.1:" + far.peer().port(), Duration.ofMillis(200), far.listener());

        far.listener().await("ended UNREACHABLE");
    }

    @Test
    @Execution(CONCURRENT)
    void theEndIsToldInTimeThoughTheCancelIsNotConfirmed() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.peer().answer(far.peer().expect("INVITE"), "180 Ringing", "p", "");
        far.listener().await("ringing 180");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        far.peer().expect("CANCEL");

        far.listener().await("ended CANCELLED");
        assertThat(far.journal().open()).as("still to be ended by a later life").containsKey("leg-1");
    }

    @Test
    @Execution(CONCURRENT)
    void theEndIsToldInTimeThoughTheByeIsNotAnswered() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer();
        leg.hangUp(EndReason.MAX_DURATION);
        Message bye = far.peer().expect("BYE");

        far.listener().await("ended MAX_DURATION");
        assertThat(far.journal().open()).containsKey("leg-1");
        far.peer().answer(bye, "200 OK", "", "");
        Awaitility.await("the far.journal() forgets")
                .until(() -> far.journal().open().isEmpty());
    }

    @Test
    @Execution(CONCURRENT)
    void anAnswerAfterWeGaveUpIsReleased() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        far.listener().await("ended CANCELLED");

        far.peer().answer(invite, "200 OK", "late", UdpPeer.SDP);
        far.peer().expect("ACK");
        Message bye = far.peer().expect("BYE");
        assertThat(bye.header("To")).endsWith(";tag=late");
        far.peer().answer(bye, "200 OK", "", "");
    }

    @Test
    @Execution(CONCURRENT)
    void anAnswerWithoutCommonMediaEndsTheLeg() throws Exception {
        far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        far.peer().answer(invite, "200 OK", "p", UdpPeer.SDP.replace("RTP/AVP 0", "RTP/AVP 18"));
        far.peer().expect("ACK");
        far.peer().answer(far.peer().expect("BYE"), "200 OK", "", "");

        far.listener().await("ended UNREACHABLE 200");
        assertThat(far.listener().events()).doesNotContain("connected");
    }

    @Test
    @Execution(CONCURRENT)
    void a503IsUnreachableAndEarlyMediaIsTold() throws Exception {
        far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        far.peer().answer(invite, "183 Session Progress", "p", UdpPeer.SDP);
        far.listener().await("ringing 183");
        far.peer().answer(invite, "503 Service Unavailable", "p", "");

        far.listener().await("ended UNREACHABLE 503");
        assertThat(far.listener().media())
                .extracting(NegotiatedMedia::sendPayloadType)
                .containsExactly(0);
    }

    @Test
    @Execution(CONCURRENT)
    void aListenerThatThrowsDisturbsNothing() throws Exception {
        SipLegListener thrower = new SipLegListener() {
            @Override
            public void ringing(int sipStatus) {
                throw new IllegalStateException("from a far.listener(), as this test wants it");
            }

            @Override
            public void media(NegotiatedMedia media) {
                throw new StackOverflowError("from a far.listener(), as this test wants it");
            }

            @Override
            public void connected() {
                far.listener().connected();
            }

            @Override
            public void infoTone(Tone tone) {
                far.listener().infoTone(tone);
            }

            @Override
            public void ended(EndReason reason, @Nullable Integer sipStatus, String message) {
                far.listener().ended(reason, sipStatus, message);
            }
        };
        SipLeg leg = far.dial(thrower);
        Message invite = far.peer().expect("INVITE");
        far.peer().answer(invite, "180 Ringing", "p", "");
        far.peer().answer(invite, "200 OK", "p", UdpPeer.SDP);
        far.peer().expect("ACK");
        far.listener().await("connected");

        far.hangUpAndAnswerBye(leg);
    }
}
