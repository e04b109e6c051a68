package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import io.ringback.gateway.task.Gauges;
import io.ringback.testkit.fuzz.Fuzz;
import io.ringback.testkit.fuzz.Mutator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Hostile messages to the real socket, from a trunk: each carries a Via of its own on top, so that whatever can be read
 * can be answered, and has to be. After each comes an honest question.
 */
@Isolated("it measures the heap")
class SipFuzzIT {
    private static final int INPUTS = 600;
    private static final Pattern START_LINE = Pattern.compile("\\A[^\\n]*\\n");
    private static final Pattern BRANCH = Pattern.compile("branch=(z9hG4bKfuzz\\d+e)");

    /** The watchdog's questions would be counted too. */
    private static final SipSettings.Timing QUIET = new SipSettings.Timing(
            SipSettings.Timing.DEFAULT.sessionInterval(),
            SipSettings.Timing.DEFAULT.minSessionInterval(),
            SipSettings.Timing.DEFAULT.endReport(),
            SipSettings.Timing.DEFAULT.giveUp(),
            SipSettings.Timing.DEFAULT.probe(),
            Duration.ofDays(1));

    private final UdpPeer peer = new UdpPeer();
    private final MessageParser oracle = SipCorpus.parser(new Gauges());
    private final SipStack endpoint = SipStack.start(
            new SipSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    null,
                    null,
                    null,
                    SipSettings.Access.of("ringback", List.of("127.0.0.1")),
                    QUIET),
            new MemoryJournal(),
            MemoryUsers.named("ann").at(InstantSource.system()));
    private long sent;

    SipFuzzIT() throws IOException {
        endpoint.open(offer -> offer.refuse(480));
    }

    @Test
    void everyMessageIsAnsweredOrCountedAndTheNextQuestionIsAnswered() throws Exception {
        try (peer;
                endpoint) {
            Mutator mutator = SipCorpus.mutator(peer);
            Map<String, Long> outcomes = Fuzz.run("SIP socket", INPUTS, mutator, this::exchange);

            assertThat(outcomes).doesNotContainKeys("lost", "unheard");
            Awaitility.await("all is over")
                    .untilAsserted(() -> assertThat(endpoint.gauges())
                            .containsEntry("messages", sent)
                            .containsEntry("pendingCalls", 0L)
                            .containsEntry("invites", 0L)
                            .containsEntry("dialogs", 0L)
                            .containsEntry("timers", 0L)
                            .doesNotContainKey("failedTasks")
                            .doesNotContainKey("droppedTasks"));
        }
    }

    private String exchange(byte[] input) throws IOException {
        long number = sent;
        byte[] message = withVia(input, number);
        boolean expected = answerable(message, number);
        Map<String, Long> before = endpoint.gauges();
        send(message);
        send(Ask.of("OPTIONS", peer)
                .branch("honest" + number + "e")
                .callId("honest" + number + "e")
                .text()
                .getBytes(StandardCharsets.US_ASCII));
        boolean answered = false;
        boolean asked = false;
        while (!asked || (expected && !answered)) {
            Optional<UdpPeer.Message> answer = peer.next("SIP/2.0 ", Duration.ofSeconds(5));
            if (answer.isEmpty()) {
                assertThat(asked).as("an honest question was answered").isTrue();
                return "lost";
            }
            Matcher branch = BRANCH.matcher(answer.get().text());
            boolean provisional = answer.get().text().startsWith("SIP/2.0 1");
            answered |= branch.find() && branch.group(1).equals("z9hG4bKfuzz" + number + "e") && !provisional;
            asked |= answer.get().header("Call-ID").equals("honest" + number + "e");
            if (!provisional && answer.get().header("CSeq").endsWith(" INVITE")) {
                acknowledge(answer.get());
            }
        }
        return answered ? "answered" : counted(message, before);
    }

    private long gained(Map<String, Long> before, String name) {
        return endpoint.gauges().getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
    }

    /** What it is counted as. */
    private String counted(byte[] message, Map<String, Long> before) {
        if (new String(message, StandardCharsets.ISO_8859_1).strip().startsWith("ACK")) {
            return "an ACK, which has no answer";
        }
        for (String name : List.of("malformedMessages", "refusedMessages", "emptyMessages", "strayResponses")) {
            if (gained(before, name) > 0) {
                return name;
            }
        }
        // A mutant of our Via had its answer sent elsewhere; the honest question is a stray request too.
        return gained(before, "strayRequests") > 1 || gained(before, "challenges") > 0
                ? "answered elsewhere"
                : "unheard";
    }

    private void send(byte[] message) throws IOException {
        sent++;
        peer.send(message, endpoint.advertised());
    }

    private void acknowledge(UdpPeer.Message refusal) throws IOException {
        send(("ACK sip:x@127.0.0.1 SIP/2.0\r\nVia: " + refusal.header("Via") + "\r\nFrom: " + refusal.header("From")
                        + "\r\nTo: " + refusal.header("To") + "\r\nCall-ID: " + refusal.header("Call-ID") + "\r\nCSeq: "
                        + refusal.header("CSeq").replace("INVITE", "ACK") + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Behind the start line comes a Via of ours. */
    private byte[] withVia(byte[] input, long number) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        String via = "Via: SIP/2.0/UDP 127.0.0.1:" + peer.port() + ";rport;branch=z9hG4bKfuzz" + number + "e\r\n";
        return START_LINE
                .matcher(text)
                .replaceFirst(line -> Matcher.quoteReplacement(line.group() + via))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the parser alone makes a request of it that comes by our Via. */
    private boolean answerable(byte[] message, long number) {
        try {
            SIPMessage parsed = SipCorpus.parse(oracle, message);
            return message.length <= GuardedParserFactory.MAX_UDP_BYTES
                    && parsed instanceof SIPRequest request
                    && !request.getMethod().equals("ACK")
                    && ("z9hG4bKfuzz" + number + "e")
                            .equals(request.getTopmostVia().getBranch())
                    && request.getTopmostVia().getPort() == peer.port();
        } catch (ParseException e) {
            return false;
        }
    }
}
