package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import io.ringback.gateway.task.Gauges;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.fuzz.Fuzz;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;

/** What the stack's threads do with a message before it is anybody's: read it, judge it, make an answer. */
class SipFuzzTest {
    private static final int INPUTS = 6000;

    private final Gauges gauges = new Gauges();
    private final MessageParser parser = SipCorpus.parser(gauges);
    private final FakeClock clock = FakeClock.atNoon();
    private final Login login = new Login("ringback", new Nonces(() -> "0123456789abcdef01234567", clock));

    @Test
    void everyMessageIsReadOrRefused() throws Exception {
        try (UdpPeer peer = new UdpPeer()) {
            Map<String, Long> outcomes = Fuzz.run("SIP", INPUTS, SipCorpus.mutator(peer), this::read);

            Map<String, Long> counted = gauges.snapshot();
            long dropped = outcomes.getOrDefault("dropped", 0L) + outcomes.getOrDefault("malformed", 0L);
            assertThat(counted.get("messages")).isEqualTo(Fuzz.inputs(INPUTS));
            assertThat(counted.getOrDefault("malformedMessages", 0L)
                            + counted.getOrDefault("refusedMessages", 0L)
                            + counted.getOrDefault("emptyMessages", 0L))
                    .isEqualTo(dropped);
        }
    }

    private String read(byte[] input) {
        SIPMessage message;
        try {
            message = SipCorpus.parse(parser, input);
        } catch (ParseException e) {
            return "malformed";
        }
        if (message == null) {
            return "dropped";
        }
        if (!(message instanceof Request request)) {
            assertThat(SipMessages.callId(message)).isNotNull();
            return "answer";
        }
        Optional<Response> refusal = InviteCheck.refusal(request, SipSettings.Timing.DEFAULT);
        assertThat(IncomingInvite.Key.of(request).callId()).isNotNull();
        login.claim(request).ifPresent(claim -> assertThat(claim.username()).isNotEmpty());
        if (refusal.isEmpty() && request.getRequestURI() instanceof SipURI) {
            assertThat(Invitations.ofTrunk(request, new SipSource(InetAddress.getLoopbackAddress(), 5060, "udp"))
                            .sender())
                    .isNotNull();
        }
        Response answer = refusal.orElseGet(() -> SipMessages.response(Response.NOT_FOUND, request));
        return SipMessages.tagged(answer, "tag").toString().startsWith("SIP/2.0 ") ? "answered" : "no answer";
    }
}
