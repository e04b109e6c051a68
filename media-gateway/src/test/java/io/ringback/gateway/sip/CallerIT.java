package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.Invitation.Sender;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A trunk's call is answered and ended: what goes over the wire, and what the leg's listener is told. */
class CallerIT extends FromTrunk {
    CallerIT() throws IOException {}

    @Test
    void aCallRingsIsAnsweredAndEndedByTheCaller() throws Exception {
        send(invite().with("P-Asserted-Identity: \"Ann\" <sip:+15550142@example.net>"));
        trunk.expect("SIP/2.0 100");
        InboundOffer offer = CALLS.next();
        assertThat(offer.invitation())
                .isEqualTo(new Invitation(
                        new Sender.Trunk("127.0.0.1"), "+15550199", "127.0.0.1", "+15550142", "Ann", true));
        InboundLeg leg = offer.begin("leg-1", "call-1", 30000, listener);
        leg.ring();
        Message ringing = trunk.expect("SIP/2.0 180");
        assertThat(ringing.header("X-Ringback-Leg")).isEqualTo("leg-1");
        assertThat(ringing.text()).doesNotContain("m=audio");
        leg.answer();
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(ok.header("To")).isEqualTo(ringing.header("To"));
        assertThat(ok.header("X-Ringback-Leg")).isEqualTo("leg-1");
        assertThat(ok.text()).contains("m=audio 30000 RTP/AVP 0\r\n");
        send(Ask.of("ACK", trunk).ofInvite(invite()).within(ok));
        listener.await("connected");

        bye(ok);
        assertThat(listener.events()).containsExactly("media", "connected", "ended HUNG_UP_BY_PARTICIPANT");
    }

    /** Its To shall be that of the INVITE, but some add our tag; the branch says what it means (RFC 3261 §9.2). */
    @Test
    void aCancelThatNamesOurTagGivesTheCallUp() throws Exception {
        Ask invite = invite();
        send(invite);
        begin().ring();
        Message ringing = trunk.expect("SIP/2.0 180");
        send(Ask.of("CANCEL", trunk).ofInvite(invite).to(ringing.header("To")));
        assertThat(trunk.expect("SIP/2.0 200").header("CSeq")).endsWith("CANCEL");
        trunk.expect("SIP/2.0 487");

        listener.await("ended CANCELLED 487");
    }

    @Test
    void weEndAnAnsweredCallTowardsItsContact() throws Exception {
        Ask invite = invite().with("Record-Route: <sip:127.0.0.1:" + trunk.port() + ";lr>");
        send(invite);
        InboundLeg leg = begin();
        leg.answer();
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(ok.header("Record-Route")).contains(";lr");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        Message bye = trunk.expect("BYE");

        assertThat(bye.startLine()).startsWith("BYE sip:caller@127.0.0.1:" + trunk.port());
        assertThat(bye.header("From")).isEqualTo(ok.header("To"));
        assertThat(bye.header("To")).isEqualTo(ok.header("From"));
        assertThat(bye.header("Route")).contains(";lr");
        trunk.answer(bye, "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    @Test
    void theAnswerIsRepeatedUntilItsAck() throws Exception {
        Ask invite = invite();
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(trunk.expect("SIP/2.0 200").text()).isEqualTo(ok.text());
        assertThat(listener.events()).doesNotContain("connected");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");
        assertThat(trunk.next("SIP/2.0 200", Duration.ofMillis(1500))).isEmpty();

        bye(ok);
    }

    @Test
    void anAnswerWithoutAckEndsTheCall() throws Exception {
        send(invite());
        begin().answer();
        trunk.expect("SIP/2.0 200");
        trunk.answer(trunk.expect("BYE"), "200 OK", "", "");

        listener.await("ended ACK_TIMEOUT");
        assertThat(listener.events()).doesNotContain("connected");
    }

    @Test
    void noByeGoesOutBeforeTheAck() throws Exception {
        Ask invite = invite();
        send(invite);
        InboundLeg leg = begin();
        leg.answer();
        Message ok = trunk.expect("SIP/2.0 200");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(trunk.next("BYE", Duration.ofMillis(300))).isEmpty();
        listener.await("ended HUNG_UP_BY_APPLICATION");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        trunk.answer(trunk.expect("BYE"), "200 OK", "", "");

        assertThat(listener.events()).doesNotContain("connected");
    }

    @Test
    void aRepeatedInviteIsOneCallAndAForkedOneALoop() throws Exception {
        Ask invite = invite();
        send(invite);
        send(invite);
        send(invite().branch("forked"));
        trunk.expect("SIP/2.0 482");
        InboundLeg leg = begin();
        leg.answer();
        Message ok = trunk.expect("SIP/2.0 200");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");
        send(invite);
        assertThat(trunk.next("SIP/2.0 4", Duration.ofMillis(300))).isEmpty();
        assertThat(CALLS.none()).isTrue();

        bye(ok);
    }

    @Test
    void aLaterLifeEndsAnAnsweredCallWithOurTagInFrom() throws Exception {
        Message ok = connect(invite());
        DialogRecord noted = JOURNAL.noted("leg-1");
        CountDownLatch done = new CountDownLatch(1);
        try (SipStack laterLife = start(new MemoryJournal())) {
            laterLife.endGhost(noted, done::countDown);
            Message bye = trunk.expect("BYE");
            assertThat(bye.header("From")).isEqualTo(ok.header("To"));
            assertThat(bye.header("To")).isEqualTo(ok.header("From"));
            trunk.answer(bye, "200 OK", "", "");
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }
        bye(ok);
    }

    @Test
    void anAnswerThatCannotBeNotedIsNotGiven() throws Exception {
        DialogJournal broken = new DialogJournal() {
            @Override
            public void record(DialogRecord dialog) {
                throw new IllegalStateException("disk full, as this test wants it");
            }

            @Override
            public void forget(String legId) {
                // Nothing was noted.
            }
        };
        try (SipStack failing = start(broken)) {
            failing.open(CALLS);
            trunk.send(invite().text(), failing.advertised());
            begin().answer();
            trunk.expect("SIP/2.0 500");
            listener.await("ended FAILED 500");
        }
    }
}
