package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a leg does when the far side is slow, silent, wrong or gone, against a peer of plain text on loopback. */
class SipStackIT {
    /** Short, so that giving up can be waited for. */
    private static final SipSettings.Timing TIMING = new SipSettings.Timing(
            Duration.ofSeconds(1800),
            Duration.ofSeconds(1),
            Duration.ofMillis(400),
            Duration.ofMillis(1500),
            Duration.ofMillis(700),
            Duration.ofMillis(500));

    private final MemoryJournal journal = new MemoryJournal();
    private final RecordingListener listener = new RecordingListener();
    private final UdpPeer peer;
    private final SipStack endpoint;

    SipStackIT() throws IOException {
        peer = new UdpPeer();
        endpoint = start(journal);
    }

    private static SipStack start(DialogJournal journal) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return SipStack.start(new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, TIMING), journal);
    }

    @BeforeEach
    void legsAreUnknown() {
        assertThat(endpoint.gauges()).containsEntry("dialogs", 0L);
    }

    @AfterEach
    void noTimerAndNoCallIdIsLeft() {
        try (peer;
                endpoint) {
            Awaitility.await("gauges at 0")
                    .untilAsserted(() -> assertThat(endpoint.gauges())
                            .containsEntry("dialogs", 0L)
                            .containsEntry("timers", 0L));
            assertThat(journal.open()).isEmpty();
        }
    }

    private SipLeg dial(SipLegListener to) {
        return dial("sip:bob@127.0.0.1:" + peer.port(), Duration.ofSeconds(30), to);
    }

    private SipLeg dial(String target, Duration ring, SipLegListener to) {
        return endpoint.dial(new OutboundLeg("leg-1", "call-1", target, null, null, 30000, ring), to);
    }

    private Message answer(String... headers) throws IOException {
        Message invite = peer.expect("INVITE");
        peer.answer(invite, "200 OK", "p", UdpPeer.SDP, headers);
        peer.expect("ACK");
        listener.await("connected");
        return invite;
    }

    /** A request of the peer's own within the dialog that the INVITE made. */
    private void ask(Message invite, String method, int cseq, String... headers) throws IOException {
        String text = String.join(
                "\r\n",
                method + " sip:ringback@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP 127.0.0.1:" + peer.port() + ";branch=z9hG4bK" + method + cseq,
                "From: " + invite.header("To") + ";tag=p",
                "To: " + invite.header("From"),
                "Call-ID: " + invite.header("Call-ID"),
                "CSeq: " + cseq + " " + method,
                "Max-Forwards: 70");
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        peer.send(text + "\r\n" + more + "Content-Length: 0\r\n\r\n", invite.from());
    }

    private void hangUpAndAnswerBye(SipLeg leg) throws IOException {
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        peer.answer(peer.expect("BYE"), "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    @Test
    void noCancelGoesOutBeforeAProvisionalAnswer() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = peer.expect("INVITE");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);

        assertThat(peer.next("CANCEL", Duration.ofMillis(600))).isEmpty();
        peer.answer(invite, "100 Trying", "", "");
        Message cancel = peer.expect("CANCEL");
        assertThat(cancel.header("Via")).isEqualTo(invite.header("Via"));
        assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
        peer.answer(cancel, "200 OK", "p", "");
        peer.answer(invite, "487 Request Terminated", "p", "");
        peer.expect("ACK");
        listener.await("ended CANCELLED 487");
    }

    @Test
    void aPeerThatNeverAnswersAnythingIsGivenUp() throws Exception {
        SipLeg leg = dial(listener);
        peer.expect("INVITE");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);

        listener.await("ended CANCELLED");
    }

    @Test
    void ringingTimeWithoutAnyAnswerIsUnreachable() {
        dial("sip:bob@127.0.0.1:" + peer.port(), Duration.ofMillis(200), listener);

        listener.await("ended UNREACHABLE");
    }

    @Test
    void theEndIsToldInTimeThoughTheCancelIsNotConfirmed() throws Exception {
        SipLeg leg = dial(listener);
        peer.answer(peer.expect("INVITE"), "180 Ringing", "p", "");
        listener.await("ringing 180");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        peer.expect("CANCEL");

        listener.await("ended CANCELLED");
        assertThat(journal.open()).as("still to be ended by a later life").containsKey("leg-1");
    }

    @Test
    void theEndIsToldInTimeThoughTheByeIsNotAnswered() throws Exception {
        SipLeg leg = dial(listener);
        answer();
        leg.hangUp(EndReason.MAX_DURATION);
        Message bye = peer.expect("BYE");

        listener.await("ended MAX_DURATION");
        assertThat(journal.open()).containsKey("leg-1");
        peer.answer(bye, "200 OK", "", "");
        Awaitility.await("the journal forgets").until(() -> journal.open().isEmpty());
    }

    @Test
    void anAnswerAfterWeGaveUpIsReleased() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = peer.expect("INVITE");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        listener.await("ended CANCELLED");

        peer.answer(invite, "200 OK", "late", UdpPeer.SDP);
        peer.expect("ACK");
        Message bye = peer.expect("BYE");
        assertThat(bye.header("To")).endsWith(";tag=late");
        peer.answer(bye, "200 OK", "", "");
    }

    @Test
    void anAnswerWithoutCommonMediaEndsTheLeg() throws Exception {
        dial(listener);
        Message invite = peer.expect("INVITE");
        peer.answer(invite, "200 OK", "p", UdpPeer.SDP.replace("RTP/AVP 0", "RTP/AVP 18"));
        peer.expect("ACK");
        peer.answer(peer.expect("BYE"), "200 OK", "", "");

        listener.await("ended UNREACHABLE 200");
        assertThat(listener.events()).doesNotContain("connected");
    }

    @Test
    void a503IsUnreachableAndEarlyMediaIsTold() throws Exception {
        dial(listener);
        Message invite = peer.expect("INVITE");
        peer.answer(invite, "183 Session Progress", "p", UdpPeer.SDP);
        listener.await("ringing 183");
        peer.answer(invite, "503 Service Unavailable", "p", "");

        listener.await("ended UNREACHABLE 503");
        assertThat(listener.media())
                .extracting(NegotiatedMedia::sendPayloadType)
                .containsExactly(0);
    }

    @Test
    void anUnknownHostOrNumberWithoutTrunkIsUnreachable() {
        dial("sip:bob@no-such-host.invalid", Duration.ofSeconds(5), listener);
        listener.await("ended UNREACHABLE");
        RecordingListener second = new RecordingListener();
        dial("+15550123", Duration.ofSeconds(5), second);

        second.await("ended UNREACHABLE");
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() throws Exception {
        SipLegListener thrower = new SipLegListener() {
            @Override
            public void ringing(int sipStatus) {
                throw new IllegalStateException("from a listener, as this test wants it");
            }

            @Override
            public void media(NegotiatedMedia media) {
                throw new StackOverflowError("from a listener, as this test wants it");
            }

            @Override
            public void connected() {
                listener.connected();
            }

            @Override
            public void infoTone(Tone tone) {
                listener.infoTone(tone);
            }

            @Override
            public void ended(EndReason reason, @Nullable Integer sipStatus, String message) {
                listener.ended(reason, sipStatus, message);
            }
        };
        SipLeg leg = dial(thrower);
        Message invite = peer.expect("INVITE");
        peer.answer(invite, "180 Ringing", "p", "");
        peer.answer(invite, "200 OK", "p", UdpPeer.SDP);
        peer.expect("ACK");
        listener.await("connected");

        hangUpAndAnswerBye(leg);
    }

    @Test
    void aProbedDialogThatThePeerDoesNotKnowIsLost() throws Exception {
        SipLeg leg = dial(listener);
        answer();
        leg.probe();
        peer.answer(peer.expect("OPTIONS"), "481 Call/Transaction Does Not Exist", "", "");
        peer.answer(peer.expect("BYE"), "481 Call/Transaction Does Not Exist", "", "");

        listener.await("ended MEDIA_LOST 481");
    }

    @Test
    void aProbedPeerThatIsSilentIsLost() throws Exception {
        SipLeg leg = dial(listener);
        answer();
        leg.probe();
        peer.answer(peer.expect("BYE"), "200 OK", "", "");

        listener.await("ended MEDIA_LOST");
    }

    @Test
    void aProbedPeerThatAnswersIsKept() throws Exception {
        SipLeg leg = dial(listener);
        answer();
        leg.probe();
        peer.answer(peer.expect("OPTIONS"), "200 OK", "", "");

        assertThat(peer.next("BYE", Duration.ofSeconds(1))).isEmpty();
        hangUpAndAnswerBye(leg);
    }

    @Test
    void weRefreshTheSessionWhenThePeerSaysSo() throws Exception {
        SipLeg leg = dial(listener);
        answer("Session-Expires: 2;refresher=uac", "Allow: INVITE, UPDATE");
        Message update = peer.expect("UPDATE");
        assertThat(update.header("Session-Expires")).contains("refresher=uac");
        peer.answer(update, "491 Request Pending", "", "");
        // RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 s, but the session of this test ends before.
        peer.answer(peer.expect("BYE"), "200 OK", "", "");

        listener.await("ended MEDIA_LOST");
        assertThat(leg.legId()).isEqualTo("leg-1");
    }

    @Test
    void aGlareOverTheRefreshIsRetried() throws Exception {
        SipLeg leg = dial(listener);
        answer("Session-Expires: 9;refresher=uac", "Allow: INVITE");
        Message first = peer.expect("INVITE");
        assertThat(first.header("CSeq")).isEqualTo("2 INVITE");
        peer.answer(first, "491 Request Pending", "", "");
        peer.expect("ACK");
        long refused = System.nanoTime();
        Message second = peer.expect("INVITE");
        assertThat(Duration.ofNanos(System.nanoTime() - refused))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        peer.answer(second, "200 OK", "", UdpPeer.SDP, "Session-Expires: 9;refresher=uac");
        peer.expect("ACK");

        hangUpAndAnswerBye(leg);
    }

    @Test
    void aSessionThatThePeerDoesNotRefreshExpires() throws Exception {
        dial(listener);
        answer("Session-Expires: 2;refresher=uas", "Require: timer");
        peer.answer(peer.expect("BYE"), "200 OK", "", "");

        listener.await("ended MEDIA_LOST");
        assertThat(listener.lastMessage()).contains("not refreshed");
    }

    @Test
    void anOfferOfThePeersDuringOursGets491() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = answer("Session-Expires: 4;refresher=uac", "Allow: INVITE");
        Message ours = peer.expect("INVITE");
        ask(invite, "INVITE", 1);
        peer.expect("SIP/2.0 491");
        peer.answer(ours, "200 OK", "", UdpPeer.SDP);
        peer.expect("ACK");

        hangUpAndAnswerBye(leg);
    }

    @Test
    void our200ToAReInviteIsRepeatedUntilItsAck() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = answer();
        ask(invite, "INVITE", 1);
        Message ok = peer.expect("SIP/2.0 200");
        assertThat(peer.expect("SIP/2.0 200").text()).isEqualTo(ok.text());
        ask(invite, "ACK", 1);
        // The ACK lacks the answer that our offer asked for.
        peer.answer(peer.expect("BYE"), "200 OK", "", "");

        listener.await("ended UNREACHABLE");
        assertThat(leg.legId()).isEqualTo("leg-1");
    }

    @Test
    void aRequestOutOfOrderOrOfAnotherDialogIsRefused() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = answer();
        ask(invite, "OPTIONS", 5);
        peer.expect("SIP/2.0 200");
        ask(invite, "INFO", 4);
        peer.expect("SIP/2.0 500");
        peer.send(
                String.join(
                        "\r\n",
                        "BYE sip:ringback@127.0.0.1 SIP/2.0",
                        "Via: SIP/2.0/UDP 127.0.0.1:" + peer.port() + ";branch=z9hG4bKx",
                        "From: <sip:x@y>;tag=other",
                        "To: " + invite.header("From"),
                        "Call-ID: " + invite.header("Call-ID"),
                        "CSeq: 9 BYE",
                        "Max-Forwards: 70",
                        "Content-Length: 0",
                        "",
                        ""),
                invite.from());
        peer.expect("SIP/2.0 481");

        hangUpAndAnswerBye(leg);
    }

    @Test
    void routesAreFollowedInReverseAndTheJournalKnowsThem() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = peer.expect("INVITE");
        assertThat(journal.all()).as("noted before it left").hasSize(1);
        peer.answer(
                invite,
                "200 OK",
                "p",
                UdpPeer.SDP,
                "Record-Route: <sip:far@192.0.2.1;lr>",
                "Record-Route: <sip:near@127.0.0.1:" + peer.port() + ";lr>");
        Message ack = peer.expect("ACK");
        assertThat(ack.startLine()).isEqualTo("ACK sip:peer@127.0.0.1:" + peer.port() + " SIP/2.0");
        assertThat(ack.header("Route")).startsWith("<sip:near@");
        listener.await("connected");
        DialogRecord noted = journal.noted("leg-1");
        assertThat(noted.routeSet()).hasSize(2);
        assertThat(noted.remoteTag()).isEqualTo("p");

        hangUpAndAnswerBye(leg);
    }

    @Test
    void aGhostThatWasAnsweredGetsByeWithTheNotedState() throws Exception {
        dial(listener);
        Message invite = answer();
        DialogRecord noted = journal.noted("leg-1");
        CountDownLatch done = new CountDownLatch(1);
        try (SipStack laterLife = start(new MemoryJournal())) {
            laterLife.endGhost(noted, done::countDown);
            Message bye = peer.expect("BYE");
            assertThat(bye.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
            assertThat(bye.header("From")).isEqualTo(invite.header("From"));
            assertThat(bye.header("To")).endsWith(";tag=p");
            assertThat(bye.header("CSeq")).isEqualTo("2 BYE");
            assertThat(done.getCount()).isEqualTo(1);
            peer.answer(bye, "200 OK", "", "");
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }
        ask(invite, "BYE", 1);
        listener.await("ended HUNG_UP_BY_PARTICIPANT");
    }

    @Test
    void aGhostThatRangIsCancelledByTheBranchOfItsInvite() throws Exception {
        SipLeg leg = dial(listener);
        Message invite = peer.expect("INVITE");
        peer.answer(invite, "180 Ringing", "p", "");
        listener.await("ringing 180");
        DialogRecord noted = journal.noted("leg-1");
        CountDownLatch done = new CountDownLatch(1);
        try (SipStack laterLife = start(new MemoryJournal())) {
            laterLife.endGhost(noted, done::countDown);
            Message cancel = peer.expect("CANCEL");
            String branch = "branch=" + noted.branch();
            assertThat(cancel.header("Via")).contains(branch);
            assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
            peer.answer(cancel, "200 OK", "p", "");
            // Its INVITE's answers go where the later life's CANCEL came from.
            peer.answer(new Message(invite.text(), cancel.from()), "487 Request Terminated", "p", "");
            assertThat(peer.expect("ACK").header("Via")).contains(branch);
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        listener.await("ended CANCELLED");
    }

    @Test
    void aRequestTooLargeForUdpGoesByTcp() throws Exception {
        try (ServerSocket tcp = new ServerSocket(peer.port(), 1, InetAddress.getLoopbackAddress())) {
            SipLeg leg = dial("sip:" + "b".repeat(700) + "@127.0.0.1:" + peer.port(), Duration.ofSeconds(30), listener);
            tcp.setSoTimeout(10_000);
            try (Socket connection = tcp.accept()) {
                InputStream in = connection.getInputStream();
                String start = new String(in.readNBytes(1900), StandardCharsets.US_ASCII);
                assertThat(start).startsWith("INVITE sip:bbb").contains("X-Ringback-Leg: leg-1");
            }
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
            listener.await("ended CANCELLED");
        }
    }

    @Test
    void aLargeRequestGoesByUdpWhereTcpIsRefused() throws Exception {
        dial("sip:" + "b".repeat(700) + "@127.0.0.1:" + peer.port(), Duration.ofSeconds(30), listener);
        Message invite = peer.expect("INVITE");

        assertThat(invite.header("Via")).startsWith("SIP/2.0/UDP");
        peer.answer(invite, "486 Busy Here", "p", "");
        listener.await("ended BUSY 486");
    }

    @Test
    void nobodyIsReachableBeforeCallsAreLetInAndOptionsAreAnswered() throws Exception {
        for (String[] asked : List.of(
                new String[] {"INVITE", "503"},
                new String[] {"OPTIONS", "200"},
                new String[] {"REGISTER", "405"},
                new String[] {"CANCEL", "481"})) {
            peer.send(stray(asked[0], ""), endpoint.advertised());
            assertThat(peer.expect("SIP/2.0 " + asked[1]).header("To")).contains(";tag=");
        }
        peer.send(stray("BYE", ";tag=gone"), endpoint.advertised());
        peer.expect("SIP/2.0 481");
        peer.send(stray("OPTIONS", ";tag=gone"), endpoint.advertised());
        peer.expect("SIP/2.0 481");
    }

    private String stray(String method, String toTag) {
        return String.join(
                "\r\n",
                method + " sip:+15550100@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP 127.0.0.1:" + peer.port() + ";branch=z9hG4bKstray" + method + toTag.length(),
                "From: <sip:x@127.0.0.1>;tag=x",
                "To: <sip:+15550100@127.0.0.1>" + toTag,
                "Call-ID: stray-" + method,
                "Contact: <sip:x@127.0.0.1:" + peer.port() + ">",
                "CSeq: 1 " + method,
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "");
    }

    @Test
    void aSocketThatAnswersIsReady() {
        Awaitility.await("a look or two of the watchdog")
                .until(() -> endpoint.gauges().getOrDefault("strayRequests", 0L) >= 2);

        assertThat(endpoint.ready()).isTrue();
    }

    @Test
    void aSocketThatDoesNotAnswerIsNotReady() throws Exception {
        try (UdpPeer deaf = new UdpPeer();
                Watchdog watchdog = new Watchdog(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.port()),
                        Duration.ofMillis(50),
                        () -> "abc")) {
            assertThat(watchdog.ready()).isTrue();
            Awaitility.await("two misses").until(() -> !watchdog.ready());
        }
    }

    /** 127.0.0.2 is a second address of the same host; the peer's port is open on 127.0.0.1 only. */
    private SipStack withAddresses(String... addresses) throws IOException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.getAllByName(addresses[i])[0];
        }
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return SipStack.start(
                new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, TIMING),
                journal,
                null,
                host -> found);
    }

    @Test
    void aSecondAddressIsTriedWhenTheFirstRefuses() throws Exception {
        try (SipStack multi = withAddresses("127.0.0.2", "127.0.0.1")) {
            multi.dial(
                    new OutboundLeg(
                            "leg-1",
                            "call-1",
                            "sip:bob@two.example:" + peer.port() + ";transport=tcp",
                            null,
                            null,
                            30000,
                            Duration.ofSeconds(20)),
                    listener);
            // No TCP on either: both provably did not ring.
            listener.await("ended UNREACHABLE");
        }
        assertThat(journal.all()).extracting(DialogRecord::nextHop).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aSecondAddressIsTriedAfter503BeforeRingingOnly() throws Exception {
        try (SipStack multi = withAddresses("127.0.0.1", "127.0.0.1")) {
            OutboundLeg order = new OutboundLeg(
                    "leg-1", "call-1", "sip:bob@two.example:" + peer.port(), null, null, 30000, Duration.ofSeconds(20));
            multi.dial(order, listener);
            peer.answer(peer.expect("INVITE"), "503 Service Unavailable", "p", "");
            Message second = peer.expect("INVITE");
            assertThat(second.header("CSeq")).isEqualTo("2 INVITE");
            peer.answer(second, "180 Ringing", "q", "");
            peer.answer(second, "503 Service Unavailable", "q", "");
            listener.await("ended UNREACHABLE 503");

            RecordingListener third = new RecordingListener();
            multi.dial(order, third);
            Message rang = peer.expect("INVITE");
            peer.answer(rang, "180 Ringing", "r", "");
            peer.answer(rang, "503 Service Unavailable", "r", "");
            third.await("ended UNREACHABLE 503");
            assertThat(peer.next("INVITE", Duration.ofMillis(700))).isEmpty();
        }
    }

    @Test
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
        try (SipStack failing = start(broken)) {
            failing.dial(
                    new OutboundLeg(
                            "leg-1",
                            "call-1",
                            "sip:bob@127.0.0.1:" + peer.port(),
                            null,
                            null,
                            30000,
                            Duration.ofSeconds(20)),
                    listener);
            listener.await("ended UNREACHABLE");
        }
        assertThat(peer.next("INVITE", Duration.ofMillis(300))).isEmpty();
    }
}
