package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.Invitation.Sender;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trunk calls us: what we answer, on the wire, and what the leg's listener is told. */
class CallerIT {
    /** Short, so that giving up can be waited for. */
    private static final SipSettings.Timing TIMING = new SipSettings.Timing(
            Duration.ofSeconds(1800),
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            Duration.ofMillis(1700),
            Duration.ofMillis(700),
            Duration.ofMillis(500));

    private static final MemoryJournal JOURNAL = new MemoryJournal();
    private static final Callers CALLS = new Callers();
    private static @Nullable SipStack shared;

    private final RecordingListener listener = new RecordingListener();
    private final UdpPeer trunk = new UdpPeer();
    private final SipStack endpoint = Objects.requireNonNull(shared);

    CallerIT() throws IOException {}

    @BeforeAll
    static void startOnce() throws IOException {
        shared = start(JOURNAL);
    }

    private static SipStack start(DialogJournal journal) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SipSettings.Access access = new SipSettings.Access("ringback", List.of("127.0.0.1"), 3, 2);
        return SipStack.start(new SipSettings(loopback, null, null, null, access, TIMING), journal);
    }

    @BeforeEach
    void letCallsIn() {
        endpoint.open(CALLS);
    }

    @AfterEach
    void nobodyWaits() {
        try (trunk) {
            Awaitility.await("no call waits")
                    .untilAsserted(() -> assertThat(endpoint.gauges()).containsEntry("pendingCalls", 0L));
            assertThat(CALLS.none()).isTrue();
        }
    }

    @AfterAll
    static void nothingIsLeft() {
        try (SipStack stopping = Objects.requireNonNull(shared)) {
            Awaitility.await("gauges at 0")
                    .untilAsserted(() -> assertThat(stopping.gauges())
                            .containsEntry("dialogs", 0L)
                            .containsEntry("invites", 0L)
                            .containsEntry("timers", 0L));
            assertThat(JOURNAL.open()).isEmpty();
        }
    }

    private Ask invite() {
        return Ask.of("INVITE", trunk).body(UdpPeer.SDP);
    }

    private void send(Ask ask) throws IOException {
        trunk.send(ask.text(), endpoint.advertised());
    }

    private InboundLeg begin() {
        return CALLS.next().begin("leg-1", "call-1", 30000, listener);
    }

    /** Sends the INVITE, answers it, ACKs; gives the 200. */
    private Message connect(Ask invite) throws IOException {
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");
        return ok;
    }

    private void bye(Message ok) throws IOException {
        send(Ask.of("BYE", trunk).cseq(9).within(ok));
        trunk.expect("SIP/2.0 200");
        listener.await("ended HUNG_UP_BY_PARTICIPANT");
    }

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

    @ParameterizedTest
    @CsvSource({"486,BUSY", "403,DECLINED", "480,NO_ANSWER"})
    void aRefusalSaysItsStatus(int status, EndReason reason) throws Exception {
        send(invite());
        begin().refuse(status, reason);
        Message refusal = trunk.expect("SIP/2.0 " + status);

        listener.await("ended " + reason + " " + status);
        send(Ask.of("ACK", trunk).within(refusal).branch("INVITE"));
    }

    @Test
    void anOfferThatNobodyTakesOnIsRefused() throws Exception {
        send(invite());
        CALLS.next().refuse(404);

        trunk.expect("SIP/2.0 404");
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
    void aLateOfferIsOursAndTheAckAnswersIt() throws Exception {
        Ask invite = invite().body("");
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(ok.text()).contains("m=audio 30000 RTP/AVP 0 8 101");
        assertThat(listener.events()).isEmpty();
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok).body(UdpPeer.SDP));
        listener.await("connected");

        assertThat(listener.events()).containsExactly("media", "connected");
        bye(ok);
    }

    @Test
    void aLateOfferThatIsNotAnsweredEndsTheCall() throws Exception {
        Ask invite = invite().body("");
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        trunk.answer(trunk.expect("BYE"), "200 OK", "", "");

        listener.await("ended UNREACHABLE");
    }

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

    @ParameterizedTest
    @CsvSource({"Require: warp,420", "Session-Expires: 1,422", "Content-Type: text/plain,415"})
    void whatWeCannotServeIsRefusedBeforeAnybodyIsAsked(String header, int status) throws Exception {
        String text = header.startsWith("Content-Type")
                ? invite().text().replace("application/sdp", "text/plain")
                : invite().with(header).text();
        trunk.send(text, endpoint.advertised());
        Message refusal = trunk.expect("SIP/2.0 " + status);

        assertThat(refusal.header("Unsupported") + refusal.header("Min-SE") + refusal.header("Accept"))
                .isIn("warp", "2", "application/sdp");
        assertThat(CALLS.none()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RTP/AVP 18", "RTP/SAVP 0"})
    void mediaThatAreNoneOfOursGet488(String line) throws Exception {
        send(invite().body(UdpPeer.SDP.replace("RTP/AVP 0", line)));

        trunk.expect("SIP/2.0 488");
        assertThat(CALLS.none()).isTrue();
    }

    @Test
    void aDescriptionThatCannotBeReadGets488AndAMissingContact400() throws Exception {
        send(invite().body("v=0\r\nm=audio\r\n").callId("a"));
        trunk.expect("SIP/2.0 488");
        send(invite().contact("").callId("b"));
        trunk.expect("SIP/2.0 400");
        send(invite().contact("<tel:+15550100>").callId("c"));
        trunk.expect("SIP/2.0 400");

        assertThat(CALLS.none()).isTrue();
    }

    @Test
    void theCallerMayRefreshTheSessionOrLeaveItToUs() throws Exception {
        Ask invite = invite().with("Supported: timer", "Session-Expires: 4;refresher=uas", "Allow: UPDATE");
        Message ok = connect(invite);
        assertThat(ok.header("Session-Expires")).isEqualTo("4;refresher=uas");
        Message update = trunk.expect("UPDATE");
        assertThat(update.header("Session-Expires")).contains("refresher=uac");
        trunk.answer(update, "200 OK", "", "", "Session-Expires: 1800;refresher=uac");

        bye(ok);
    }

    @Test
    void aSessionThatTheCallerDoesNotRefreshExpires() throws Exception {
        Message ok = connect(invite().with("Supported: timer", "Session-Expires: 2;refresher=uac"));
        assertThat(ok.header("Require")).isEqualTo("timer");
        trunk.answer(trunk.expect("BYE"), "200 OK", "", "");

        listener.await("ended MEDIA_LOST");
    }

    @Test
    void aPhoneThatHoldsIsVisibleInBothDirections() throws Exception {
        Message ok = connect(invite());
        int cseq = 2;
        for (String direction : List.of("sendonly", "inactive", "sendrecv")) {
            Ask again = Ask.of("INVITE", trunk).cseq(cseq).within(ok).body(UdpPeer.SDP + "a=" + direction + "\r\n");
            send(again);
            Message answer = trunk.expect("SIP/2.0 200");
            send(Ask.of("ACK", trunk).cseq(cseq).within(answer));
            cseq++;
        }

        bye(ok);
        assertThat(listener.media()).extracting(NegotiatedMedia::weSend).containsExactly(true, false, false, true);
        assertThat(listener.media()).extracting(NegotiatedMedia::weReceive).containsExactly(true, true, false, true);
    }

    @Test
    void callsBeyondTheLimitAreSentElsewhere() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            send(invite().callId(id));
            trunk.expect("SIP/2.0 100");
        }
        send(invite().callId("d"));
        assertThat(trunk.expect("SIP/2.0 503").header("Retry-After")).isEqualTo("5");
        for (int i = 0; i < 3; i++) {
            CALLS.next().refuse(480);
            trunk.expect("SIP/2.0 480");
        }
        send(invite().callId("e"));
        CALLS.next().refuse(480);
    }

    @Test
    void aUserIsNobodyWhereNobodyCanRegisterThoughATrunkSaysSo() throws Exception {
        try (UdpPeer stranger = new UdpPeer()) {
            Ask invite =
                    Ask.of("INVITE", stranger).from("<sip:ann@ringback>;tag=a").body(UdpPeer.SDP);
            stranger.send(invite.text(), endpoint.advertised());
            stranger.expect("SIP/2.0 403");
        }
        assertThat(CALLS.none()).isTrue();
    }

    @Test
    void aDecisionThatFailsIsA503() throws Exception {
        endpoint.open(offer -> {
            throw new IllegalStateException("from the handler, as this test wants it");
        });
        send(invite());

        assertThat(trunk.expect("SIP/2.0 503").header("Retry-After")).isEqualTo("5");
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
