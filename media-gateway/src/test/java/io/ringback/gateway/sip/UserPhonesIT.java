package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.directory.Registration;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.SipEndpoint.UserLeg;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All phones of a user are dialled at once, as one leg. */
class UserPhonesIT {
    private static final SipSettings.Timing TIMING = new SipSettings.Timing(
            Duration.ofSeconds(1800),
            Duration.ofSeconds(90),
            Duration.ofMillis(400),
            Duration.ofMillis(1500),
            Duration.ofMillis(700),
            Duration.ofSeconds(5));
    private static final MemoryJournal JOURNAL = new MemoryJournal();
    private static @Nullable SipStack shared;

    private final RecordingListener listener = new RecordingListener();
    private final UdpPeer desk = new UdpPeer();
    private final UdpPeer mobile = new UdpPeer();
    private final SipStack endpoint = Objects.requireNonNull(shared);

    UserPhonesIT() throws IOException {}

    @BeforeAll
    static void start() throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        shared = SipStack.start(
                new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, TIMING), JOURNAL);
    }

    @AfterEach
    void hangUpPhones() {
        desk.close();
        mobile.close();
    }

    @AfterAll
    static void nothingIsLeft() {
        try (SipStack stopping = Objects.requireNonNull(shared)) {
            Awaitility.await("gauges at 0")
                    .untilAsserted(() -> assertThat(stopping.gauges())
                            .containsEntry("dialogs", 0L)
                            .containsEntry("timers", 0L));
            assertThat(JOURNAL.open()).isEmpty();
        }
    }

    private static Registration registration(String contact, String flow) {
        return new Registration(SipUsers.identifier("ann"), "gateway-1", contact, flow, "r", 1, Instant.MAX);
    }

    /** A phone behind a NAT: its contact leads nowhere, its flow to the peer. */
    private static Registration phone(UdpPeer peer) {
        return registration("sip:ann@192.0.2.55:5062", "udp:127.0.0.1:" + peer.port());
    }

    private SipLeg dial(Registration... contacts) {
        return endpoint.dialUser(
                new UserLeg("leg-1", "call-1", List.of(contacts), "bob", "Bob \"B\"", 30000, Duration.ofSeconds(30)),
                listener);
    }

    @Test
    void theFirstPhoneThatAnswersIsTheLegAndTheOtherStopsRinging() throws Exception {
        SipLeg leg = dial(phone(desk), phone(mobile));
        Message atDesk = desk.expect("INVITE");
        Message atMobile = mobile.expect("INVITE");
        assertThat(atDesk.startLine()).startsWith("INVITE sip:ann@192.0.2.55:5062 ");
        assertThat(atDesk.header("From")).startsWith("\"Bob B\" <sip:bob@ringback>;tag=");
        assertThat(atMobile.header("X-Ringback-Leg")).isEqualTo("leg-1");
        desk.answer(atDesk, "180 Ringing", "d", "");
        mobile.answer(atMobile, "180 Ringing", "m", "");
        mobile.answer(atMobile, "200 OK", "m", UdpPeer.SDP);
        mobile.expect("ACK");
        listener.await("connected");
        desk.answer(desk.expect("CANCEL"), "200 OK", "d", "");
        desk.answer(atDesk, "487 Request Terminated", "d", "");
        desk.expect("ACK");

        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        Message bye = mobile.expect("BYE");
        mobile.answer(bye, "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
        assertThat(listener.events()).containsOnlyOnce("connected").last().isEqualTo("ended HUNG_UP_BY_APPLICATION");
    }

    @Test
    void requestsWithinTheDialogTakeTheFlowAlsoInALaterLife() throws Exception {
        SipLeg leg = dial(phone(desk));
        Message invite = desk.expect("INVITE");
        desk.send(
                answer(invite, "200 OK").replace("sip:peer@127.0.0.1:" + desk.port(), "sip:ann@192.0.2.77:5099"),
                invite.from());
        assertThat(desk.expect("ACK").startLine()).startsWith("ACK sip:ann@192.0.2.77:5099 ");
        listener.await("connected");
        DialogRecord noted = JOURNAL.noted("leg-1#1");
        assertThat(Dialog.of(noted).nextHop().getPort()).isEqualTo(desk.port());
        assertThat(noted.requestUri()).isEqualTo("sip:ann@192.0.2.77:5099");

        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        desk.answer(desk.expect("BYE"), "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    private String answer(Message invite, String status) {
        return "SIP/2.0 " + status + "\r\nVia: " + invite.header("Via") + "\r\nFrom: " + invite.header("From")
                + "\r\nTo: " + invite.header("To") + ";tag=d\r\nCall-ID: " + invite.header("Call-ID") + "\r\nCSeq: "
                + invite.header("CSeq") + "\r\nContact: <sip:peer@127.0.0.1:" + desk.port()
                + ">\r\nContent-Type: application/sdp\r\nContent-Length: " + UdpPeer.SDP.length() + "\r\n\r\n"
                + UdpPeer.SDP;
    }

    @Test
    void aSecondPhoneThatAnswersTooIsReleased() throws Exception {
        SipLeg leg = dial(phone(desk), phone(mobile));
        Message atDesk = desk.expect("INVITE");
        Message atMobile = mobile.expect("INVITE");
        desk.answer(atDesk, "180 Ringing", "d", "");
        mobile.answer(atMobile, "200 OK", "m", UdpPeer.SDP);
        mobile.expect("ACK");
        listener.await("connected");
        desk.expect("CANCEL");
        desk.answer(atDesk, "200 OK", "d", UdpPeer.SDP);
        desk.expect("ACK");
        desk.answer(desk.expect("BYE"), "200 OK", "", "");
        assertThat(listener.events()).containsOnlyOnce("connected").doesNotContain("ended CANCELLED 200");

        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        mobile.answer(mobile.expect("BYE"), "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    @ParameterizedTest
    @CsvSource({
        "480 Gone,486 Busy,BUSY 486",
        "404 Unknown,486 Busy,BUSY 486",
        "503 Down,480 Away,UNREACHABLE 480",
        "503 Down,500 Broken,UNREACHABLE 500"
    })
    void theRefusalThatSaysMostIsTold(String first, String second, String outcome) throws Exception {
        dial(phone(desk), phone(mobile));
        desk.answer(desk.expect("INVITE"), first, "d", "");
        mobile.answer(mobile.expect("INVITE"), second, "m", "");

        listener.await("ended " + outcome);
    }

    @Test
    void whoDeclinesDeclinesForAllPhones() throws Exception {
        dial(phone(desk), phone(mobile));
        Message atMobile = mobile.expect("INVITE");
        mobile.answer(atMobile, "180 Ringing", "m", "");
        desk.answer(desk.expect("INVITE"), "603 Decline", "d", "");
        mobile.answer(mobile.expect("CANCEL"), "200 OK", "m", "");
        mobile.answer(atMobile, "487 Request Terminated", "m", "");

        listener.await("ended DECLINED 603");
    }

    @Test
    void aHangUpCancelsEveryPhone() throws Exception {
        SipLeg leg = dial(phone(desk), phone(mobile));
        Message atDesk = desk.expect("INVITE");
        Message atMobile = mobile.expect("INVITE");
        desk.answer(atDesk, "180 Ringing", "d", "");
        mobile.answer(atMobile, "180 Ringing", "m", "");
        listener.await("ringing 180");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        desk.answer(desk.expect("CANCEL"), "200 OK", "d", "");
        mobile.answer(mobile.expect("CANCEL"), "200 OK", "m", "");
        desk.answer(atDesk, "487 Request Terminated", "d", "");
        mobile.answer(atMobile, "487 Request Terminated", "m", "");

        listener.await("ended CANCELLED 487");
    }

    @Test
    void earlyMediaOfOnePhoneIsHeardAndThenThoseOfTheOneThatAnswers() throws Exception {
        SipLeg leg = dial(phone(desk), phone(mobile));
        Message atDesk = desk.expect("INVITE");
        Message atMobile = mobile.expect("INVITE");
        desk.answer(atDesk, "183 Session Progress", "d", UdpPeer.SDP);
        Awaitility.await("the desk's").until(() -> listener.media().size() == 1);
        mobile.answer(atMobile, "183 Session Progress", "m", UdpPeer.SDP.replace("40000", "41000"));
        mobile.answer(atMobile, "200 OK", "m", UdpPeer.SDP.replace("40000", "41000"));
        mobile.expect("ACK");
        listener.await("connected");

        assertThat(listener.media())
                .extracting(NegotiatedMedia::remoteRtp)
                .extracting(InetSocketAddress::getPort)
                .containsExactly(40000, 41000);
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        mobile.answer(mobile.expect("BYE"), "200 OK", "", "");
        desk.answer(desk.expect("CANCEL"), "200 OK", "d", "");
        desk.answer(atDesk, "487 Request Terminated", "d", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    @Test
    void aUserWithoutAPhoneIsUnreachable() {
        dial();

        listener.await("ended UNREACHABLE");
    }

    @Test
    void aFlowThatCannotBeReadIsUnreachable() {
        dial(registration("sip:ann@192.0.2.55", "sctp:127.0.0.1:9"));

        listener.await("ended UNREACHABLE");
    }

    @Test
    void aPhoneThatRegisteredOverTcpIsCalledOverThatConnection() throws Exception {
        MemoryUsers users = MemoryUsers.named("ann");
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (SipStack registrar = SipStack.start(
                        new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, TIMING),
                        new MemoryJournal(),
                        users.at(InstantSource.system()));
                Socket phone = new Socket(
                        registrar.advertised().getAddress(),
                        registrar.advertised().getPort())) {
            phone.setSoTimeout(10_000);
            tcp(phone, register(""));
            String challenge = read(phone);
            assertThat(challenge).startsWith("SIP/2.0 401");
            Ask ask = register("");
            tcp(
                    phone,
                    register(Proofs.authorization(
                            ask, "ann", "secret", Proofs.nonce(new Message(challenge, registrar.advertised())), 1)));
            assertThat(read(phone)).startsWith("SIP/2.0 200");
            assertThat(users.of("ann").get(0).flow()).isEqualTo("tcp:127.0.0.1:" + phone.getLocalPort());

            SipLeg leg = registrar.dialUser(
                    new UserLeg("leg-t", "call-1", users.of("ann"), null, null, 30000, Duration.ofSeconds(30)),
                    listener);
            assertThat(read(phone)).startsWith("INVITE sip:ann@192.0.2.55:5062;transport=tcp SIP/2.0");
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
            listener.await("ended CANCELLED");
        }
    }

    private Ask register(String authorization) {
        Ask ask = Ask.of("REGISTER", "sip:ringback", desk)
                .from("<sip:ann@ringback>;tag=a")
                .to("<sip:ann@ringback>")
                .contact("<sip:ann@192.0.2.55:5062;transport=tcp>");
        return authorization.isEmpty() ? ask : ask.cseq(2).with(authorization);
    }

    private static void tcp(Socket phone, Ask ask) throws IOException {
        String text = ask.text().replace("SIP/2.0/UDP", "SIP/2.0/TCP");
        phone.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        phone.getOutputStream().flush();
    }

    /** The next message up to the end of its headers. */
    private static String read(Socket phone) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = phone.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
