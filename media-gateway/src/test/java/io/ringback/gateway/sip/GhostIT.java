package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** What is on disk of a leg, and what a later life does with it. */
class GhostIT {
    private final FarSide far = new FarSide();

    GhostIT() throws IOException {}

    @AfterEach
    void nothingIsLeft() {
        far.close();
    }

    @Test
    @Execution(CONCURRENT)
    void routesAreFollowedInReverseAndTheJournalKnowsThem() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        assertThat(far.journal().all()).as("noted before it left").hasSize(1);
        far.peer()
                .answer(
                        invite,
                        "200 OK",
                        "p",
                        UdpPeer.SDP,
                        "Record-Route: <sip:far@192.0.2.1;lr>",
                        "Record-Route: <sip:near@127.0.0.1:" + far.peer().port() + ";lr>");
        Message ack = far.peer().expect("ACK");
        assertThat(ack.startLine())
                .isEqualTo("ACK sip:peer@127.0.0.1:" + far.peer().port() + " SIP/2.0");
        assertThat(ack.header("Route")).startsWith("<sip:near@");
        far.listener().await("connected");
        DialogRecord noted = far.journal().noted("leg-1");
        assertThat(noted.routeSet()).hasSize(2);
        assertThat(noted.remoteTag()).isEqualTo("p");

        far.hangUpAndAnswerBye(leg);
    }

    @Test
    @Execution(CONCURRENT)
    void aGhostThatWasAnsweredGetsByeWithTheNotedState() throws Exception {
        far.dial(far.listener());
        Message invite = far.answer();
        DialogRecord noted = far.journal().noted("leg-1");
        CountDownLatch done = new CountDownLatch(1);
        try (SipStack laterLife = FarSide.start(new MemoryJournal())) {
            laterLife.endGhost(noted, done::countDown);
            Message bye = far.peer().expect("BYE");
            assertThat(bye.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
            assertThat(bye.header("From")).isEqualTo(invite.header("From"));
            assertThat(bye.header("To")).endsWith(";tag=p");
            assertThat(bye.header("CSeq")).isEqualTo("2 BYE");
            assertThat(done.getCount()).isEqualTo(1);
            far.peer().answer(bye, "200 OK", "", "");
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }
        far.ask(invite, "BYE", 1);
        far.listener().await("ended HUNG_UP_BY_PARTICIPANT");
    }

    @Test
    @Execution(CONCURRENT)
    void aGhostThatRangIsCancelledByTheBranchOfItsInvite() throws Exception {
        SipLeg leg = far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        far.peer().answer(invite, "180 Ringing", "p", "");
        far.listener().await("ringing 180");
        DialogRecord noted = far.journal().noted("leg-1");
        CountDownLatch done = new CountDownLatch(1);
        try (SipStack laterLife = FarSide.start(new MemoryJournal())) {
            laterLife.endGhost(noted, done::countDown);
            Message cancel = far.peer().expect("CANCEL");
            String branch = "branch=" + noted.branch();
            assertThat(cancel.header("Via")).contains(branch);
            assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
            far.peer().answer(cancel, "200 OK", "p", "");
            // Its INVITE's answers go where the later life's CANCEL came from.
            far.peer().answer(new Message(invite.text(), cancel.from()), "487 Request Terminated", "p", "");
            assertThat(far.peer().expect("ACK").header("Via")).contains(branch);
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        far.listener().await("ended CANCELLED");
    }

    @Test
    @Execution(CONCURRENT)
    void whatCannotBeNotedIsNotDialled() throws Exception {
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
        try (SipStack failing = FarSide.start(broken)) {
            failing.dial(
                    new OutboundLeg(
                            "leg-1",
                            "call-1",
                            "sip:bob@127.0.0.1:" + far.peer().port(),
                            null,
                            null,
                            30000,
                            Duration.ofSeconds(20)),
                    far.listener());
            far.listener().await("ended UNREACHABLE");
        }
        assertThat(far.peer().next("INVITE", Duration.ofMillis(300))).isEmpty();
    }
}
