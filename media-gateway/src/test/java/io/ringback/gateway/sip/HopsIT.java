package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Which address and which transport a request takes. */
class HopsIT {
    private final FarSide far = new FarSide();

    HopsIT() throws IOException {}

    @AfterEach
    void nothingIsLeft() {
        far.close();
    }

    @Test
    @Execution(CONCURRENT)
    void anUnknownHostOrNumberWithoutTrunkIsUnreachable() {
        far.dial("sip:bob@no-such-host.invalid", Duration.ofSeconds(5), far.listener());
        far.listener().await("ended UNREACHABLE");
        RecordingListener second = new RecordingListener();
        far.dial("+15550123", Duration.ofSeconds(5), second);

        second.await("ended UNREACHABLE");
    }

    @Test
    @Execution(CONCURRENT)
    void ofWhereARedirectionLeadsTheBeginningIsTold() throws Exception {
        far.dial(far.listener());
        Message invite = far.peer().expect("INVITE");
        String elsewhere = "Contact: <sip:" + "x".repeat(5000) + "@198.51.100.7>";
        far.peer().answer(invite, "302 Moved Temporarily", "p", "", elsewhere);
        far.listener().await("ended UNREACHABLE 302");

        assertThat(String.valueOf(far.listener().lastMessage()))
                .startsWith("redirected to <sip:")
                .hasSizeLessThan(200);
    }

    @Test
    @Execution(CONCURRENT)
    void aRequestTooLargeForUdpGoesByTcp() throws Exception {
        try (ServerSocket tcp = new ServerSocket(far.peer().port(), 1, InetAddress.getLoopbackAddress())) {
            SipLeg leg = far.dial(
                    "sip:" + "b".repeat(700) + "@127.0.0.1:" + far.peer().port(),
                    Duration.ofSeconds(30),
                    far.listener());
            tcp.setSoTimeout(10_000);
            try (Socket connection = tcp.accept()) {
                InputStream in = connection.getInputStream();
                String start = new String(in.readNBytes(1900), StandardCharsets.US_ASCII);
                assertThat(start).startsWith("INVITE sip:bbb").contains("X-Ringback-Leg: leg-1");
            }
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
            far.listener().await("ended CANCELLED");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aLargeRequestGoesByUdpWhereTcpIsRefused() throws Exception {
        far.dial("sip:" + "b".repeat(700) + "@127.0.0.1:" + far.peer().port(), Duration.ofSeconds(30), far.listener());
        Message invite = far.peer().expect("INVITE");

        assertThat(invite.header("Via")).startsWith("SIP/2.0/UDP");
        far.peer().answer(invite, "486 Busy Here", "p", "");
        far.listener().await("ended BUSY 486");
    }

    /** 127.0.0.2 is a second address of the same host; the far.peer()'s port is open on 127.0.0.1 only. */
    private SipStack withAddresses(String... addresses) throws IOException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.getAllByName(addresses[i])[0];
        }
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return SipStack.start(
                new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, FarSide.TIMING),
                far.journal(),
                null,
                host -> found);
    }

    /** Many dials to names that take long must not hold up what else there is to do. */
    @Test
    @Execution(CONCURRENT)
    void aNameServerThatIsAwayHoldsUpNoOtherLeg() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        LegContext.Resolver slow = host -> {
            if (host.equals("slow.example")) {
                awaited(away);
                throw new UnknownHostException(host);
            }
            return InetAddress.getAllByName(host);
        };
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SipSettings settings = new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, FarSide.TIMING);
        RecordingListener lost = new RecordingListener();
        try (SipStack stack = SipStack.start(settings, far.journal(), null, slow)) {
            for (int i = 0; i < 20; i++) {
                stack.dial(order("slow-" + i, "sip:bob@slow.example"), lost);
            }
            stack.dial(order("leg-1", "sip:bob@127.0.0.1:" + far.peer().port()), far.listener());
            far.peer().answer(far.peer().expect("INVITE"), "486 Busy Here", "p", "");
            far.listener().await("ended BUSY 486");
            assertThat(lost.events()).isEmpty();
            away.countDown();
            Awaitility.await().until(() -> lost.events().size() == 20);
            assertThat(lost.events()).containsOnly("ended UNREACHABLE");
        } finally {
            away.countDown();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OutboundLeg order(String legId, String target) {
        return new OutboundLeg(legId, "call-" + legId, target, null, null, 30000, Duration.ofSeconds(20));
    }

    @Test
    @Execution(CONCURRENT)
    void aSecondAddressIsTriedWhenTheFirstRefuses() throws Exception {
        try (SipStack multi = withAddresses("127.0.0.2", "127.0.0.1")) {
            multi.dial(
                    new OutboundLeg(
                            "leg-1",
                            "call-1",
                            "sip:bob@two.example:" + far.peer().port() + ";transport=tcp",
                            null,
                            null,
                            30000,
                            Duration.ofSeconds(20)),
                    far.listener());
            // No TCP on either: both provably did not ring.
            far.listener().await("ended UNREACHABLE");
        }
        assertThat(far.journal().all())
                .extracting(DialogRecord::nextHop)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    @Execution(CONCURRENT)
    void aSecondAddressIsTriedAfter503BeforeRingingOnly() throws Exception {
        try (SipStack multi = withAddresses("127.0.0.1", "127.0.0.1")) {
            OutboundLeg order = new OutboundLeg(
                    "leg-1",
                    "call-1",
                    "sip:bob@two.example:" + far.peer().port(),
                    null,
                    null,
                    30000,
                    Duration.ofSeconds(20));
            multi.dial(order, far.listener());
            far.peer().answer(far.peer().expect("INVITE"), "503 Service Unavailable", "p", "");
            Message second = far.peer().expect("INVITE");
            assertThat(second.header("CSeq")).isEqualTo("2 INVITE");
            far.peer().answer(second, "180 Ringing", "q", "");
            far.peer().answer(second, "503 Service Unavailable", "q", "");
            far.listener().await("ended UNREACHABLE 503");

            RecordingListener third = new RecordingListener();
            multi.dial(order, third);
            Message rang = far.peer().expect("INVITE");
            far.peer().answer(rang, "180 Ringing", "r", "");
            far.peer().answer(rang, "503 Service Unavailable", "r", "");
            third.await("ended UNREACHABLE 503");
            assertThat(far.peer().next("INVITE", Duration.ofMillis(700))).isEmpty();
        }
    }
}
