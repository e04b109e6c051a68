package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Between a trunk's INVITE and our answer: ringing, early media, and callers who give up. */
class RingingCallerIT extends FromTrunk {
    RingingCallerIT() throws IOException {}

    @Test
    void earlyMediaIsOfferedInAn183() throws Exception {
        Ask invite = invite();
        send(invite);
        InboundLeg leg = begin();
        leg.early();
        Message progress = trunk.expect("SIP/2.0 183");
        assertThat(progress.text()).contains("m=audio 30000 RTP/AVP 0");
        listener.await("media");
        leg.answer();
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(body(ok)).isEqualTo(body(progress));
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");

        bye(ok);
        assertThat(listener.events()).containsOnlyOnce("media");
    }

    private static String body(Message message) {
        return message.text().substring(message.text().indexOf("\r\n\r\n"));
    }

    @Test
    void ringingIsReliableWhereTheCallerDemandsItAndTheAnswerWaitsForThePrack() throws Exception {
        Ask invite = invite().with("Require: 100rel");
        send(invite);
        InboundLeg leg = begin();
        leg.ring();
        Message ringing = trunk.expect("SIP/2.0 180");
        assertThat(ringing.header("Require")).isEqualTo("100rel");
        assertThat(trunk.expect("SIP/2.0 180").text()).isEqualTo(ringing.text());
        leg.answer();
        assertThat(trunk.next("SIP/2.0 200", Duration.ofMillis(300))).isEmpty();
        send(Ask.of("PRACK", trunk).cseq(2).within(ringing).with("RAck: 1 1 INVITE"));
        trunk.expect("SIP/2.0 481");
        send(Ask.of("PRACK", trunk).cseq(3).within(ringing).with("RAck: " + ringing.header("RSeq") + " 1 INVITE"));
        assertThat(trunk.expect("SIP/2.0 200").header("CSeq")).isEqualTo("3 PRACK");
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(ok.header("CSeq")).isEqualTo("1 INVITE");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");

        bye(ok);
    }

    @Test
    void reliableRingingThatNobodyHearsEndsTheCall() throws Exception {
        send(invite().with("Require: 100rel"));
        begin().ring();
        trunk.expect("SIP/2.0 504");

        listener.await("ended ACK_TIMEOUT 504");
    }

    @Test
    void aCallerWhoGivesUpGets487() throws Exception {
        Ask invite = invite();
        send(invite);
        begin().ring();
        trunk.expect("SIP/2.0 180");
        send(Ask.of("CANCEL", trunk).ofInvite(invite));
        trunk.expect("SIP/2.0 200");
        assertThat(trunk.expect("SIP/2.0 487").header("CSeq")).isEqualTo("1 INVITE");

        listener.await("ended CANCELLED 487");
    }

    @Test
    void aCallThatWasGivenUpBeforeItIsBegunEndsAtOnce() throws Exception {
        Ask invite = invite();
        send(invite);
        InboundOffer offer = CALLS.next();
        send(Ask.of("CANCEL", trunk).ofInvite(invite));
        trunk.expect("SIP/2.0 487");
        InboundLeg leg = offer.begin("leg-1", "call-1", 30000, listener);

        listener.await("ended CANCELLED 487");
        leg.answer();
        assertThat(trunk.next("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1", Duration.ofMillis(300)))
                .isEmpty();
    }

    @Test
    void aCancelThatCrossesTheAnswerChangesNothing() throws Exception {
        Ask invite = invite();
        Message ok = connect(invite);
        send(Ask.of("CANCEL", trunk).ofInvite(invite));
        assertThat(trunk.expect("SIP/2.0 ").startLine())
                .isIn("SIP/2.0 200 OK", "SIP/2.0 481 Call/Transaction Does Not Exist");

        bye(ok);
    }
}
