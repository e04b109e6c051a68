package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stranger may cost. It sends from 127.44.75.3; 127.0.0.1 is this machine itself, which is no stranger. */
class SipGuardsIT {
    private static final int RATE = 25;

    private final SipStack endpoint = SipStack.start(
            new SipSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    null,
                    null,
                    null,
                    SipSettings.Access.of("ringback", List.of())
                            .with(new SipSettings.Guards(RATE, 1000, 3, 5000, 10, 5, List.of())),
                    SipSettings.Timing.DEFAULT),
            new MemoryJournal(),
            MemoryUsers.named("ann").at(InstantSource.system()));
    private final DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.44.75.3"));

    SipGuardsIT() throws IOException {
        endpoint.open(offer -> offer.refuse(480));
    }

    @AfterEach
    void close() {
        stranger.close();
        endpoint.close();
    }

    private long count(String name) {
        return endpoint.gauges().getOrDefault(name, 0L);
    }

    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stranger.send(new DatagramPacket(bytes, bytes.length, endpoint.advertised()));
    }

    private String options(int number, String via) {
        return "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: " + via + ";branch=z9hG4bK" + number
                + "\r\nFrom: <sip:x@127.0.0.1>;tag=x\r\nTo: <sip:y@127.0.0.1>\r\nCall-ID: " + number
                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    @Test
    void aFloodFromOneAddressIsHeldToItsRateAndHoldsNobodyElseUp() throws Exception {
        String via = "SIP/2.0/UDP 127.44.75.3:" + stranger.getLocalPort() + ";rport";
        for (int i = 0; i < 20 * RATE; i++) {
            send(options(i, via));
        }
        try (UdpPeer peer = new UdpPeer()) {
            peer.send(Ask.of("OPTIONS", peer).text(), endpoint.advertised());
            peer.expect("SIP/2.0 200");
        }
        Awaitility.await().until(() -> count("messages") == 20 * RATE + 1);
        // Two seconds' worth at once, and what came in while the flood lasted.
        assertThat(count("strayRequests")).isBetween(2L * RATE, 10L * RATE);
        assertThat(count("throttledMessages") + count("strayRequests")).isEqualTo(20 * RATE + 1);
    }

    /** Else anybody could make us connect to anybody, and wait for it on the thread that reads all datagrams. */
    @Test
    void noDatagramMakesUsConnect() throws Exception {
        try (ServerSocket victim = new ServerSocket(0, 1, InetAddress.getByName("127.44.75.3"))) {
            victim.setSoTimeout(500);
            send(options(1, "SIP/2.0/TCP 127.44.75.3:" + victim.getLocalPort()));
            Awaitility.await().until(() -> count("malformedMessages") == 1);
            assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Where an answer goes is what the network says, not what the Via says. */
    @Test
    void noDatagramMakesUsAnswerSomebodyElse() throws Exception {
        try (DatagramSocket victim = new DatagramSocket(0, InetAddress.getByName("127.44.75.4"))) {
            String elsewhere = "127.44.75.4";
            send(options(
                    1,
                    "SIP/2.0/UDP 127.44.75.3:" + victim.getLocalPort() + ";received=" + elsewhere + ";maddr="
                            + elsewhere));
            Awaitility.await().until(() -> count("strayRequests") == 1);
            send(options(2, "SIP/2.0/UDP 127.44.75.3:" + stranger.getLocalPort()));
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            stranger.setSoTimeout(5000);
            stranger.receive(packet);
            victim.setSoTimeout(200);
            assertThatThrownBy(() -> victim.receive(packet)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void registrationsBeyondTheRateAreToldToComeLater() throws Exception {
        try (UdpPeer peer = new UdpPeer()) {
            peer.send(Ask.of("REGISTER", "sip:ringback", peer).text(), endpoint.advertised());
            String nonce = Proofs.nonce(peer.expect("SIP/2.0 401"));
            for (int i = 1; i <= 10; i++) {
                Ask register = Ask.of("REGISTER", "sip:ringback", peer)
                        .callId("register" + i)
                        .to("<sip:ann@ringback>")
                        .from("<sip:ann@ringback>;tag=1");
                peer.send(
                        register.with(Proofs.authorization(register, "ann", "secret", nonce, i))
                                .text(),
                        endpoint.advertised());
            }
            assertThat(peer.expect("SIP/2.0 503").header("Retry-After")).isNotEmpty();
            Awaitility.await().until(() -> count("messages") == 11);
            assertThat(count("refusedRegistrations")).isBetween(1L, 4L);
        }
    }

    @Test
    void noMoreTransactionsAreOpenedThanTheBound() throws Exception {
        try (SipStack narrow = SipStack.start(
                        new SipSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                null,
                                null,
                                null,
                                SipSettings.Access.of("ringback", List.of("127.0.0.1"))
                                        .with(new SipSettings.Guards(RATE, 1000, 3, 2, 10, 5, List.of())),
                                SipSettings.Timing.DEFAULT),
                        new MemoryJournal());
                UdpPeer trunk = new UdpPeer()) {
            narrow.open(offer -> {});
            for (int i = 0; i < 3; i++) {
                trunk.send(
                        Ask.of("INVITE", trunk)
                                .callId("many" + i)
                                .body(UdpPeer.SDP)
                                .text(),
                        narrow.advertised());
            }
            trunk.expect("SIP/2.0 503");
            assertThat(narrow.gauges())
                    .containsEntry("refusedTransactions", 1L)
                    .containsEntry("serverTransactions", 2L);
        }
    }

    @Test
    void connectionsAreCountedAndGivenBack() throws Exception {
        try (Socket peer = new Socket(
                endpoint.advertised().getAddress(), endpoint.advertised().getPort())) {
            assertThat(peer.isConnected()).isTrue();
            Awaitility.await().until(() -> count("connections") == 1);
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> count("connections") == 0);
    }
}
