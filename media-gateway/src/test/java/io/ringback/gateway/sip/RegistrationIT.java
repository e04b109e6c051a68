package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.directory.Registration;
import io.ringback.gateway.guard.FailedLogins;
import io.ringback.gateway.sip.Invitation.Sender;
import io.ringback.gateway.sip.UdpPeer.Message;
import io.ringback.testkit.FakeClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users prove who they are, register their phones and call. */
class RegistrationIT {
    private static final FakeClock CLOCK = FakeClock.atNoon();
    private static final MemoryUsers USERS = MemoryUsers.named("ann", "bob", "cleo", "dan", "eve", "fay", "gus", "hal");
    private static final Callers CALLS = new Callers();
    private static @Nullable SipStack shared;

    private final UdpPeer phone = new UdpPeer();
    private final SipStack endpoint = Objects.requireNonNull(shared);
    private int cseq;

    RegistrationIT() throws IOException {}

    @BeforeAll
    static void start() throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        shared = SipStack.start(
                new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, SipSettings.Timing.DEFAULT),
                new MemoryJournal(),
                USERS.at(CLOCK));
        shared.open(CALLS);
    }

    /** All tests come from one address. */
    @BeforeEach
    void failuresAreForgotten() {
        CLOCK.advance(FailedLogins.WINDOW.plusSeconds(1));
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(shared).close();
    }

    private Ask register(String user) {
        return Ask.of("REGISTER", "sip:ringback", phone)
                .from("<sip:" + user + "@ringback>;tag=" + user)
                .to("<sip:" + user + "@ringback>")
                .cseq(++cseq);
    }

    private Message send(Ask ask) throws IOException {
        phone.send(ask.text(), endpoint.advertised());
        Message answer = phone.expect("SIP/2.0 ");
        return answer.startLine().startsWith("SIP/2.0 100") ? phone.expect("SIP/2.0 ") : answer;
    }

    private String freshNonce() throws IOException {
        Message challenge = send(register("ann").contact(""));
        assertThat(challenge.startLine()).startsWith("SIP/2.0 401");
        return Proofs.nonce(challenge);
    }

    /** Sends what is asked with the right proof. */
    private Message proven(Ask ask, String user) throws IOException {
        return send(ask.with(Proofs.authorization(ask, user, "secret", freshNonce(), 1)));
    }

    private static int status(Message answer) {
        return Integer.parseInt(answer.startLine().substring(8, 11));
    }

    @Test
    void aPhoneRegistersRefreshesAndLeaves() throws Exception {
        String contact = "<sip:ann@192.168.7.7:5062>";
        Message ok = proven(register("ann").contact(contact), "ann");
        assertThat(ok.startLine()).startsWith("SIP/2.0 200");
        assertThat(ok.header("To")).contains(";tag=");
        assertThat(ok.header("Contact")).isEqualTo(contact + ";expires=3600");
        Registration noted = USERS.of("ann").get(0);
        assertThat(noted.flow()).as("where it really is").isEqualTo("udp:127.0.0.1:" + phone.port());
        assertThat(noted.gatewayId()).isEqualTo("gateway-1");
        assertThat(noted.expiresAt()).isEqualTo(CLOCK.instant().plusSeconds(3600));

        Message second = proven(register("ann").contact("<sip:ann@192.168.7.8>;expires=120"), "ann");
        assertThat(second.text()).contains(contact + ";expires=3600", "<sip:ann@192.168.7.8>;expires=120");
        assertThat(proven(register("ann").contact(""), "ann").text()).contains(contact, "192.168.7.8");
        proven(register("ann").contact(contact).with("Expires: 0"), "ann");
        assertThat(USERS.of("ann")).extracting(Registration::contact).containsExactly("sip:ann@192.168.7.8");
        assertThat(status(proven(register("ann").contact("*"), "ann"))).isEqualTo(400);
        proven(register("ann").contact("*").with("Expires: 0"), "ann");
        assertThat(USERS.of("ann")).isEmpty();
    }

    @Test
    void aStayIsNeitherTooShortNorTooLong() throws Exception {
        Message tooBrief = proven(register("bob").contact("<sip:bob@192.0.2.1>;expires=59"), "bob");
        assertThat(tooBrief.startLine()).startsWith("SIP/2.0 423");
        assertThat(tooBrief.header("Min-Expires")).isEqualTo("60");
        assertThat(USERS.of("bob")).isEmpty();

        Message longer = proven(register("bob").contact("<sip:bob@192.0.2.1>").with("Expires: 90000"), "bob");
        assertThat(longer.header("Contact")).endsWith(";expires=3600");
    }

    @Test
    void aUserHasAFewPhonesAndNoMore() throws Exception {
        for (int i = 1; i <= 8; i++) {
            assertThat(status(proven(register("cleo").contact("<sip:cleo@192.0.2." + i + ">"), "cleo")))
                    .isEqualTo(200);
        }
        assertThat(status(proven(register("cleo").contact("<sip:cleo@192.0.2.9>"), "cleo")))
                .isEqualTo(403);
        assertThat(status(proven(register("cleo").contact("<sip:cleo@192.0.2.8>"), "cleo")))
                .isEqualTo(200);
        assertThat(USERS.of("cleo")).hasSize(8);
    }

    @Test
    void aRegisterThatComesLateChangesNothing() throws Exception {
        String contact = "<sip:dan@192.0.2.1>";
        Ask late = register("dan").contact(contact).with("Expires: 0");
        proven(register("dan").contact(contact), "dan");

        assertThat(status(proven(late, "dan"))).isEqualTo(500);
        assertThat(USERS.of("dan")).hasSize(1);
    }

    @Test
    void nobodyRegistersForSomebodyElse() throws Exception {
        assertThat(status(proven(register("ann").contact("<sip:x@192.0.2.1>"), "bob")))
                .isEqualTo(403);
        assertThat(USERS.of("ann")).isEmpty();
    }

    @Test
    void aProofIsGoodOnceAndANonceForAWhile() throws Exception {
        String nonce = freshNonce();
        Ask first = register("eve").contact("");
        String proof = Proofs.authorization(first, "eve", "secret", nonce, 1);
        assertThat(status(send(first.with(proof)))).isEqualTo(200);
        Message replayed = send(register("eve").contact("").with(proof));
        assertThat(replayed.startLine()).startsWith("SIP/2.0 401");
        assertThat(replayed.header("WWW-Authenticate")).contains("stale=true");
        Ask next = register("eve").contact("");
        assertThat(status(send(next.with(Proofs.authorization(next, "eve", "secret", nonce, 2)))))
                .isEqualTo(200);

        CLOCK.advance(Nonces.LIFE.plusSeconds(1));
        Ask old = register("eve").contact("");
        Message stale = send(old.with(Proofs.authorization(old, "eve", "secret", nonce, 3)));
        assertThat(stale.header("WWW-Authenticate")).contains("stale=true");
        Ask foreign = register("eve").contact("");
        Message fresh = send(foreign.with(Proofs.authorization(foreign, "eve", "secret", "bm90LW91cnM", 1)));
        assertThat(status(fresh)).isEqualTo(401);
        assertThat(fresh.header("WWW-Authenticate")).doesNotContain("stale");
    }

    @ParameterizedTest
    @CsvSource({"fay,wrong", "nobody,secret"})
    void aWrongPasswordOrNameIsForbidden(String user, String password) throws Exception {
        Ask ask = register(user).contact("");

        assertThat(status(send(ask.with(Proofs.authorization(ask, user, password, freshNonce(), 1)))))
                .isEqualTo(403);
    }

    @Test
    void whoFailsTooOftenIsNotListenedToForAWhile() throws Exception {
        for (int i = 0; i < FailedLogins.MOST; i++) {
            Ask wrong = register("gus").contact("");
            assertThat(status(send(wrong.with(Proofs.authorization(wrong, "gus", "guess" + i, freshNonce(), 1)))))
                    .isEqualTo(403);
        }
        assertThat(status(proven(register("gus").contact(""), "gus"))).isEqualTo(503);
        CLOCK.advance(FailedLogins.WINDOW.plusSeconds(1));

        assertThat(status(proven(register("gus").contact(""), "gus"))).isEqualTo(200);
    }

    @Test
    void aUsersCallIsChallengedAndReachesUsAsThatUser() throws Exception {
        Ask unproven = Ask.of("INVITE", "sip:bob@ringback", phone)
                .from("\"Hal\" <sip:hal@ringback>;tag=h")
                .with("P-Asserted-Identity: <sip:+15550142@example.net>")
                .body(UdpPeer.SDP);
        Message challenge = send(unproven);
        assertThat(challenge.startLine()).startsWith("SIP/2.0 401");
        assertThat(CALLS.none()).isTrue();
        Ask invite = Ask.of("INVITE", "sip:bob@ringback", phone)
                .from("\"Hal\" <sip:hal@ringback>;tag=h")
                .with("P-Asserted-Identity: <sip:+15550142@example.net>")
                .cseq(2)
                .contact("<sip:hal@192.168.7.7:5062>")
                .body(UdpPeer.SDP);
        phone.send(
                invite.with(Proofs.authorization(invite, "hal", "secret", Proofs.nonce(challenge), 1))
                        .text(),
                endpoint.advertised());
        phone.expect("SIP/2.0 100");
        InboundOffer offer = CALLS.next();
        assertThat(offer.invitation())
                .isEqualTo(new Invitation(
                        new Sender.User(SipUsers.identifier("hal"), "hal"), "bob", "ringback", null, "Hal", false));
        RecordingListener listener = new RecordingListener();
        InboundLeg leg = offer.begin("leg-1", "call-1", 30000, listener);
        leg.answer();
        Message ok = phone.expect("SIP/2.0 200");
        phone.send(Ask.of("ACK", phone).ofInvite(invite).within(ok).text(), endpoint.advertised());
        listener.await("connected");

        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        Message bye = phone.expect("BYE");
        assertThat(bye.startLine()).as("its contact, by its flow").startsWith("BYE sip:hal@192.168.7.7:5062");
        phone.answer(bye, "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    @Test
    void aUsersCallWithAWrongPasswordIsForbidden() throws Exception {
        Ask invite = Ask.of("INVITE", "sip:bob@ringback", phone).body(UdpPeer.SDP);
        Message refused = send(invite.with(Proofs.authorization(invite, "hal", "wrong", freshNonce(), 1)));

        assertThat(status(refused)).isEqualTo(403);
        Awaitility.await("nobody waits")
                .untilAsserted(() -> assertThat(endpoint.gauges()).containsEntry("pendingCalls", 0L));
    }

    @Test
    void oneAddressHasItsShareOfWaitingCalls() throws Exception {
        SipSettings.Access narrow = new SipSettings.Access("ringback", List.of(), 10, 2);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (SipStack small = SipStack.start(
                new SipSettings(loopback, null, null, null, narrow, SipSettings.Timing.DEFAULT),
                new MemoryJournal(),
                USERS.at(CLOCK))) {
            small.open(offer -> {});
            for (int i = 1; i <= 3; i++) {
                Ask challenged = Ask.of("INVITE", phone).body(UdpPeer.SDP).callId("share-" + i);
                phone.send(challenged.text(), small.advertised());
                String nonce = Proofs.nonce(phone.expect("SIP/2.0 401"));
                Ask proven = Ask.of("INVITE", phone).body(UdpPeer.SDP).cseq(2).callId("share-" + i);
                phone.send(
                        proven.with(Proofs.authorization(proven, "hal", "secret", nonce, 1))
                                .text(),
                        small.advertised());
                phone.expect(i <= 2 ? "SIP/2.0 100" : "SIP/2.0 503");
            }
            assertThat(small.gauges()).containsEntry("pendingCalls", 2L);
        }
    }
}
