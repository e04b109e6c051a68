package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.awaitility.Awaitility;

/** An endpoint of ours and a peer of plain text that it dials, for one test. */
final class FarSide implements AutoCloseable {
    /** Short, so that giving up can be waited for. */
    static final SipSettings.Timing TIMING = new SipSettings.Timing(
            Duration.ofSeconds(1800),
            Duration.ofSeconds(1),
            Duration.ofMillis(400),
            Duration.ofMillis(1500),
            Duration.ofMillis(700),
            Duration.ofMillis(500));

    private final MemoryJournal journal = new MemoryJournal();
    private final RecordingListener listener = new RecordingListener();
    private final UdpPeer peer = new UdpPeer();
    private final SipStack endpoint = start(journal);

    FarSide() throws IOException {
        assertThat(endpoint.gauges()).containsEntry("dialogs", 0L);
    }

    static SipStack start(DialogJournal journal) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return SipStack.start(new SipSettings(loopback, null, null, null, SipSettings.Access.DEFAULT, TIMING), journal);
    }

    MemoryJournal journal() {
        return journal;
    }

    RecordingListener listener() {
        return listener;
    }

    UdpPeer peer() {
        return peer;
    }

    SipStack endpoint() {
        return endpoint;
    }

    SipLeg dial(SipLegListener to) {
        return dial("sip:bob@127.0.0.1:" + peer.port(), Duration.ofSeconds(30), to);
    }

    SipLeg dial(String target, Duration ring, SipLegListener to) {
        return endpoint.dial(new OutboundLeg("leg-1", "call-1", target, null, null, 30000, ring), to);
    }

    /** The peer answers; gives the INVITE. */
    Message answer(String... headers) throws IOException {
        Message invite = peer.expect("INVITE");
        peer.answer(invite, "200 OK", "p", UdpPeer.SDP, headers);
        peer.expect("ACK");
        listener.await("connected");
        return invite;
    }

    /** A request of the peer's own within the dialog that the INVITE made. */
    void ask(Message invite, String method, int cseq, String... headers) throws IOException {
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

    void hangUpAndAnswerBye(SipLeg leg) throws IOException {
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        peer.answer(peer.expect("BYE"), "200 OK", "", "");
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    /** No timer, no dialog and no record is left. */
    @Override
    public void close() {
        try (peer;
                endpoint) {
            Awaitility.await("gauges at 0")
                    .untilAsserted(() -> assertThat(endpoint.gauges())
                            .containsEntry("dialogs", 0L)
                            .containsEntry("timers", 0L));
            assertThat(journal.open()).isEmpty();
        }
    }
}
