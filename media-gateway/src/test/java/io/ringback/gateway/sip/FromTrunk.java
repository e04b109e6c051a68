package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trunk of plain text that calls us; all these tests share one endpoint of ours. */
@ExtendWith(TrunkEndpoint.class)
abstract class FromTrunk {
    /** Short, so that giving up can be waited for. */
    private static final SipSettings.Timing TIMING = new SipSettings.Timing(
            Duration.ofSeconds(1800),
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            Duration.ofMillis(1700),
            Duration.ofMillis(700),
            Duration.ofMillis(500));

    static final MemoryJournal JOURNAL = new MemoryJournal();
    static final Callers CALLS = new Callers();

    final RecordingListener listener = new RecordingListener();
    final UdpPeer trunk = new UdpPeer();
    SipStack endpoint;

    FromTrunk() throws IOException {}

    static SipStack start(DialogJournal journal) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SipSettings.Access access = new SipSettings.Access("ringback", List.of("127.0.0.1"), 3, 2);
        return SipStack.start(new SipSettings(loopback, null, null, null, access, TIMING), journal);
    }

    @BeforeEach
    final void letCallsIn(SipStack shared) {
        endpoint = shared;
        endpoint.open(CALLS);
    }

    @AfterEach
    final void nobodyWaits() {
        try (trunk) {
            Awaitility.await("no call waits")
                    .untilAsserted(() -> assertThat(endpoint.gauges()).containsEntry("pendingCalls", 0L));
            assertThat(CALLS.none()).isTrue();
        }
    }

    final Ask invite() {
        return Ask.of("INVITE", trunk).body(UdpPeer.SDP);
    }

    final void send(Ask ask) throws IOException {
        trunk.send(ask.text(), endpoint.advertised());
    }

    final InboundLeg begin() {
        return CALLS.next().begin("leg-1", "call-1", 30000, listener);
    }

    /** Sends the INVITE, answers it, ACKs; gives the 200. */
    final Message connect(Ask invite) throws IOException {
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        listener.await("connected");
        return ok;
    }

    final void bye(Message ok) throws IOException {
        send(Ask.of("BYE", trunk).cseq(9).within(ok));
        trunk.expect("SIP/2.0 200");
        listener.await("ended HUNG_UP_BY_PARTICIPANT");
    }
}
