package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.gateway.sip.SipRoute.Credentials;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trunk changes our password while the gateway runs. */
class TrunkPasswordIT {
    private final UdpPeer trunk = new UdpPeer();
    private final RecordingListener listener = new RecordingListener();
    private volatile String password = "old";
    private final SipStack endpoint = start();

    TrunkPasswordIT() throws IOException {}

    @AfterEach
    void stop() {
        endpoint.close();
        trunk.close();
    }

    @Test
    void aCallThatIsRefusedWithTheOldPasswordGoesOutWithTheNewOne() throws Exception {
        dial();
        challenge(trunk.expect("INVITE"), "n1");
        password = "new";
        Message refused = trunk.expect("INVITE");
        assertThat(refused.header("Authorization")).contains(proof(refused, "n1", "old"));
        challenge(refused, "n2");
        Message good = trunk.expect("INVITE");

        assertThat(good.header("CSeq")).isEqualTo("3 INVITE");
        assertThat(good.header("Authorization")).contains(proof(good, "n2", "new"));
        trunk.answer(good, "486 Busy Here", "p", "");
        listener.await("ended BUSY 486");
    }

    @Test
    void aPasswordThatIsWrongAndStaysSoIsShownOnce() throws Exception {
        dial();
        challenge(trunk.expect("INVITE"), "n1");
        challenge(trunk.expect("INVITE"), "n2");

        listener.await("ended UNREACHABLE 401");
        assertThat(trunk.next("INVITE", Duration.ofMillis(700))).isEmpty();
    }

    private void dial() {
        endpoint.dial(
                new OutboundLeg("leg-1", "call-1", "+15550123", null, null, 30000, Duration.ofSeconds(20)), listener);
    }

    private void challenge(Message invite, String nonce) throws IOException {
        String header = "WWW-Authenticate: Digest realm=\"trunk\", nonce=\"" + nonce + "\"";
        trunk.answer(invite, "401 Unauthorized", "c", "", header);
    }

    /** RFC 2069: no qop was offered. */
    private static String proof(Message request, String nonce, String password) {
        String uri = request.startLine().split(" ", 3)[1];
        DigestAlgorithm md5 = DigestAlgorithm.MD5;
        String proof = md5.hash(md5.hash("ringback:trunk:" + password) + ":" + nonce + ":" + md5.hash("INVITE:" + uri));
        return "response=\"" + proof + "\"";
    }

    private SipStack start() throws IOException {
        SipRoute route = SipRoute.parse("sip:127.0.0.1:" + trunk.port())
                .orElseThrow()
                .with(new TrunkAccount(() -> new Credentials("ringback", password)));
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return SipStack.start(
                new SipSettings(loopback, null, route, null, SipSettings.Access.DEFAULT, FarSide.TIMING),
                new MemoryJournal());
    }
}
