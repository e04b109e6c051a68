package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of no leg, and our own watch over the socket. */
class StrayRequestsIT {
    private final FarSide far = new FarSide();

    StrayRequestsIT() throws IOException {}

    @AfterEach
    void nothingIsLeft() {
        far.close();
    }

    @Test
    void nobodyIsReachableBeforeCallsAreLetInAndOptionsAreAnswered() throws Exception {
        for (String[] asked : List.of(
                new String[] {"INVITE", "503"},
                new String[] {"OPTIONS", "200"},
                new String[] {"REGISTER", "405"},
                new String[] {"CANCEL", "481"})) {
            far.peer().send(stray(asked[0], ""), far.endpoint().advertised());
            assertThat(far.peer().expect("SIP/2.0 " + asked[1]).header("To")).contains(";tag=");
        }
        far.peer().send(stray("BYE", ";tag=gone"), far.endpoint().advertised());
        far.peer().expect("SIP/2.0 481");
        far.peer().send(stray("OPTIONS", ";tag=gone"), far.endpoint().advertised());
        far.peer().expect("SIP/2.0 481");
    }

    private String stray(String method, String toTag) {
        return String.join(
                "\r\n",
                method + " sip:+15550100@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP 127.0.0.1:" + far.peer().port() + ";branch=z9hG4bKstray" + method + toTag.length(),
                "From: <sip:x@127.0.0.1>;tag=x",
                "To: <sip:+15550100@127.0.0.1>" + toTag,
                "Call-ID: stray-" + method,
                "Contact: <sip:x@127.0.0.1:" + far.peer().port() + ">",
                "CSeq: 1 " + method,
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "");
    }

    @Test
    void aSocketThatAnswersIsReady() {
        Awaitility.await("a look or two of the watchdog")
                .until(() -> far.endpoint().gauges().getOrDefault("strayRequests", 0L) >= 2);

        assertThat(far.endpoint().ready()).isTrue();
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
}
