package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Requests within an answered dialog, ours and the far side's. */
class WithinDialogIT {
    private final FarSide far = new FarSide();

    WithinDialogIT() throws IOException {}

    @AfterEach
    void nothingIsLeft() {
        far.close();
    }

    @Test
    @Execution(CONCURRENT)
    void aProbedDialogThatThePeerDoesNotKnowIsLost() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer();
        leg.probe();
        far.peer().answer(far.peer().expect("OPTIONS"), "481 Call/Transaction Does Not Exist", "", "");
        far.peer().answer(far.peer().expect("BYE"), "481 Call/Transaction Does Not Exist", "", "");

        far.listener().await("ended MEDIA_LOST 481");
    }

    /** What cannot be noted is not begun; but it can always be ended. */
    @Test
    @Execution(CONCURRENT)
    void aLegIsHungUpThoughNothingCanBeNoted() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer();
        far.journal().fill();

        far.hangUpAndAnswerBye(leg);
    }

    @Test
    @Execution(CONCURRENT)
    void aProbedPeerThatIsSilentIsLost() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer();
        leg.probe();
        far.peer().answer(far.peer().expect("BYE"), "200 OK", "", "");

        far.listener().await("ended MEDIA_LOST");
    }

    @Test
    @Execution(CONCURRENT)
    void aProbedPeerThatAnswersIsKept() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer();
        leg.probe();
        far.peer().answer(far.peer().expect("OPTIONS"), "200 OK", "", "");

        assertThat(far.peer().next("BYE", Duration.ofSeconds(1))).isEmpty();
        far.hangUpAndAnswerBye(leg);
    }

    @Test
    @Execution(CONCURRENT)
    void weRefreshTheSessionWhenThePeerSaysSo() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer("Session-Expires: 2;refresher=uac", "Allow: INVITE, UPDATE");
        Message update = far.peer().expect("UPDATE");
        assertThat(update.header("Session-Expires")).contains("refresher=uac");
        far.peer().answer(update, "491 Request Pending", "", "");
        // RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 s, but the session of this test ends before.
        far.peer().answer(far.peer().expect("BYE"), "200 OK", "", "");

        far.listener().await("ended MEDIA_LOST");
        assertThat(leg.legId()).isEqualTo("leg-1");
    }

    /** A peer that is content with no interval must not keep us asking. */
    @Test
    @Execution(CONCURRENT)
    void anIntervalThatIsAlwaysTooShortIsOfferedAFewTimesOnly() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer("Session-Expires: 6;refresher=uac", "Allow: INVITE, UPDATE");
        for (int i = 1; i <= 3; i++) {
            Message update = far.peer().expect("UPDATE");
            far.peer().answer(update, "422 Session Interval Too Small", "", "", "Min-SE: " + 2000 * i);
        }

        assertThat(far.peer().next("UPDATE", Duration.ofSeconds(1))).isEmpty();
        far.hangUpAndAnswerBye(leg);
    }

    @Test
    @Execution(CONCURRENT)
    void aGlareOverTheRefreshIsRetried() throws Exception {
        SipLeg leg = far.dial(far.listener());
        far.answer("Session-Expires: 9;refresher=uac", "Allow: INVITE");
        Message first = far.peer().expect("INVITE");
        assertThat(first.header("CSeq")).isEqualTo("2 INVITE");
        far.peer().answer(first, "491 Request Pending", "", "");
        far.peer().expect("ACK");
        long refused = System.nanoTime();
        Message second = far.peer().expect("INVITE");
        assertThat(Duration.ofNanos(System.nanoTime() - refused))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        far.peer().answer(second, "200 OK", "", UdpPeer.SDP, "Session-Expires: 9;refresher=uac");
        far.peer().expect("ACK");

        far.hangUpAndAnswerBye(leg);
    }

    @Test
    @Execution(CONCURRENT)
    void aSessionThatThePeerDoesNotRefreshExpires() throws Exception {
        far.dial(far.listener());
        far.answer("Session-Expires: 2;refresher=uas", "Require: timer");
        far.peer().answer(far.peer().expect("BYE"), "200 OK", "", "");

        far.listener().await("ended MEDIA_LOST");
        assertThat(far.listener().lastMessage()).contains("not refreshed");
    }

    @Test
    @Execution(CONCURRENT)
    void anOfferOfThePeersDuringOursGets491() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.answer("Session-Expires: 4;refresher=uac", "Allow: INVITE");
        Message ours = far.peer().expect("INVITE");
        far.ask(invite, "INVITE", 1);
        far.peer().expect("SIP/2.0 491");
        far.peer().answer(ours, "200 OK", "", UdpPeer.SDP);
        far.peer().expect("ACK");

        far.hangUpAndAnswerBye(leg);
    }

    @Test
    @Execution(CONCURRENT)
    void our200ToAReInviteIsRepeatedUntilItsAck() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.answer();
        far.ask(invite, "INVITE", 1);
        Message ok = far.peer().expect("SIP/2.0 200");
        assertThat(far.peer().expect("SIP/2.0 200").text()).isEqualTo(ok.text());
        far.ask(invite, "ACK", 1);
        // The ACK lacks the answer that our offer asked for.
        far.peer().answer(far.peer().expect("BYE"), "200 OK", "", "");

        far.listener().await("ended UNREACHABLE");
        assertThat(leg.legId()).isEqualTo("leg-1");
    }

    @Test
    @Execution(CONCURRENT)
    void aRequestOutOfOrderOrOfAnotherDialogIsRefused() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.answer();
        far.ask(invite, "OPTIONS", 5);
        far.peer().expect("SIP/2.0 200");
        far.ask(invite, "INFO", 4);
        far.peer().expect("SIP/2.0 500");
        far.peer()
                .send(
                        String.join(
                                "\r\n",
                                "BYE sip:ringback@127.0.0.1 SIP/2.0",
                                "Via: SIP/2.0/UDP 127.0.0.1:" + far.peer().port() + ";branch=z9hG4bKx",
                                "From: <sip:x@y>;tag=other",
                                "To: " + invite.header("From"),
                                "Call-ID: " + invite.header("Call-ID"),
                                "CSeq: 9 BYE",
                                "Max-Forwards: 70",
                                "Content-Length: 0",
                                "",
                                ""),
                        invite.from());
        far.peer().expect("SIP/2.0 481");

        far.hangUpAndAnswerBye(leg);
    }
}
