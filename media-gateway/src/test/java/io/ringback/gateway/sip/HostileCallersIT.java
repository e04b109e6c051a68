package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever calls or registers, nothing of it stays and the next honest caller is heard. */
class HostileCallersIT {
    private static final int ROUNDS = 600;

    private final MemoryUsers users = MemoryUsers.named("ann");
    private final AtomicLong offered = new AtomicLong();
    private final UdpPeer peer = new UdpPeer();
    private final SipStack endpoint = SipStack.start(
            new SipSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    null,
                    null,
                    null,
                    new SipSettings.Access("ringback", List.of("127.0.0.1"), 20, 5),
                    SipSettings.Timing.DEFAULT),
            new MemoryJournal(),
            users.at(InstantSource.system()));

    HostileCallersIT() throws IOException {
        endpoint.open(offer -> {
            offered.incrementAndGet();
            offer.refuse(480);
        });
    }

    @AfterEach
    void theNextHonestCallerIsHeard() throws IOException {
        try (peer;
                endpoint) {
            Awaitility.await("nobody waits")
                    .untilAsserted(() -> assertThat(endpoint.gauges())
                            .containsEntry("pendingCalls", 0L)
                            .containsEntry("invites", 0L)
                            .containsEntry("dialogs", 0L)
                            .doesNotContainKey("failedTasks"));
            assertThat(users.of("ann")).isEmpty();
            assertThat(honestCallIsAnswered()).isTrue();
        }
    }

    /** Repeats itself as a caller over UDP does (RFC 3261 §17.1.1.2): the flood drops datagrams. */
    private boolean honestCallIsAnswered() throws IOException {
        String invite =
                Ask.of("INVITE", peer).callId("honest").body(UdpPeer.SDP).text();
        for (int attempt = 0; attempt < 20; attempt++) {
            peer.send(invite, endpoint.advertised());
            var answer = peer.next("SIP/2.0 480", Duration.ofMillis(500));
            while (answer.isPresent()) {
                if (answer.get().header("Call-ID").equals("honest")) {
                    return true;
                }
                answer = peer.next("SIP/2.0 480", Duration.ofMillis(500));
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "CANCEL", "REGISTER", "PRACK"})
    void mutantsLeaveNothingBehind(String method) throws Exception {
        Random random = new Random(method.hashCode());
        String honest = Ask.of(method, peer)
                .body(method.equals("INVITE") ? UdpPeer.SDP : "")
                .with(
                        "P-Asserted-Identity: \"A\" <tel:+1-555-0100>",
                        "Record-Route: <sip:127.0.0.1;lr>",
                        "Session-Expires: 1800;refresher=uas",
                        "Supported: timer, 100rel",
                        "Authorization: Digest username=\"ann\", realm=\"ringback\", nonce=\"n\", uri=\"sip:x\","
                                + " response=\"r\", qop=auth, nc=00000001, cnonce=\"c\"")
                .text();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = honest.replace("call-of-", "call-" + round + "-of-")
                    .replace(";branch=z9hG4bK", ";branch=z9hG4bK" + round)
                    .replace(
                            "Authorization: Digest",
                            round % 3 == 0 ? "Authorization: Digest" : "X-Authorization: Digest")
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = random.nextInt(4); i > 0; i--) {
                mutant[random.nextInt(mutant.length)] =
                        (byte) (random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt(128));
            }
            peer.send(mutant, endpoint.advertised());
        }
        if (method.equals("INVITE")) {
            Awaitility.await("some were as good as honest").until(() -> offered.get() > 0);
        }
    }

    /** No answer could be sent to it. */
    @Test
    void anInviteByATransportThatWeDoNotHaveIsDropped() throws Exception {
        peer.send(
                Ask.of("INVITE", peer).body(UdpPeer.SDP).text().replace("SIP/2.0/UDP", "SIP/2.0/SCTP"),
                endpoint.advertised());

        Awaitility.await("it is counted")
                .untilAsserted(() -> assertThat(endpoint.gauges()).containsEntry("malformedMessages", 1L));
        assertThat(offered).hasValue(0);
    }

    @Test
    void aFloodOfCallsIsHeldToTheLimit() throws Exception {
        endpoint.open(offer -> offered.incrementAndGet());
        for (int i = 0; i < 60; i++) {
            peer.send(
                    Ask.of("INVITE", peer).callId("flood" + i).body(UdpPeer.SDP).text(), endpoint.advertised());
        }
        peer.expect("SIP/2.0 503");
        Awaitility.await("the limit is reached").until(() -> offered.get() == 20);
        assertThat(endpoint.gauges()).containsEntry("pendingCalls", 20L);
        assertThat(endpoint.gauges().get("refusedCalls")).isEqualTo(40);
        for (int i = 0; i < 60; i++) {
            Ask invite = Ask.of("INVITE", peer).callId("flood" + i);
            peer.send(Ask.of("CANCEL", peer).ofInvite(invite).text(), endpoint.advertised());
        }
        Awaitility.await("all given up")
                .untilAsserted(() -> assertThat(endpoint.gauges()).containsEntry("pendingCalls", 0L));
        endpoint.open(offer -> offer.refuse(480));
    }
}
