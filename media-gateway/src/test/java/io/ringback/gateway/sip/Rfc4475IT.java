package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The messages of RFC 4475, byte by byte, to the real socket: once from a trunk, once from a stranger. Each gets the
 * answer that the table names, or none and is counted; after each the next OPTIONS and the next call are served and
 * nothing of it stays. Calls that are fit to be offered are refused with 480 here.
 *
 * <p>A message comes by the transport that its Via names. Those that name one that we do not have come over UDP, and
 * are dropped for it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Rfc4475IT {
    private static final Path MESSAGES = Path.of("src/test/resources/rfc4475");
    private static final String TRUNK = "127.44.75.1";
    private static final String STRANGER = "127.44.75.2";
    private static final List<String> DROPPED = List.of("malformedMessages", "refusedMessages", "strayResponses");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What the trunk's messages go to; they open transactions, which stay for a while. */
    private SipStack ofTrunk = begun();

    private final SipStack ofStrangers = begun();

    Rfc4475IT() throws IOException {}

    @AfterAll
    void stop() {
        ofTrunk.close();
        ofStrangers.close();
    }

    @ParameterizedTest(name = "{0} over {1}: {2} for a trunk, {3} for a stranger")
    @CsvFileSource(resources = "/rfc4475/outcomes.csv", delimiter = '|', numLinesToSkip = 1)
    void eachIsAnsweredOrCounted(String name, String transport, String trunk, String stranger, String why)
            throws Exception {
        assertThat(why).isNotBlank();
        assertThat(outcome(ofTrunk, name, transport.equals("tcp"), TRUNK))
                .as("trunk")
                .isEqualTo(trunk);
        if (trunk.equals("480")) {
            // Many of the messages have the same branch: another one of it would be taken for the same request.
            ofTrunk.close();
            ofTrunk = begun();
        }
        assertThat(outcome(ofStrangers, name, transport.equals("tcp"), STRANGER))
                .as("stranger")
                .isEqualTo(stranger);
    }

    @Test
    void noMessageIsLeftOut() throws IOException {
        try (Stream<Path> files = Files.list(MESSAGES)) {
            List<String> table = Files.readAllLines(MESSAGES.resolve("outcomes.csv")).stream()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf('|')).strip() + ".dat")
                    .sorted()
                    .toList();
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".dat"))
                            .sorted())
                    .isEqualTo(table)
                    .hasSize(50);
        }
    }

    /** The final answer's status, or what it is counted as. */
    private static String outcome(SipStack endpoint, String name, boolean overTcp, String sender) throws Exception {
        Map<String, Long> before = endpoint.gauges();
        try (TorturePeer peer = new TorturePeer(sender, endpoint.advertised())) {
            peer.send(message(name), overTcp);
            if (overTcp) {
                Awaitility.await("it is answered or counted")
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> peer.isAnswered()
                                || DROPPED.stream().anyMatch(counter -> gained(endpoint, before, counter) > 0));
            }
            // Over UDP one thread reads all, so what is answered at once is answered before this is.
            String answer = answer(peer, "OPTIONS", name + sender, overTcp);
            String counted = DROPPED.stream()
                    .filter(counter -> gained(endpoint, before, counter) > 0)
                    .findFirst()
                    .orElse("nothing");
            String called = answer(peer, "INVITE", name + sender, false);
            assertThat(called).as("the next call").isEqualTo(sender.equals(TRUNK) ? "480" : "401");
            Awaitility.await("it is over").pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
                assertThat(endpoint.gauges())
                        .containsEntry("pendingCalls", 0L)
                        .containsEntry("invites", 0L)
                        .containsEntry("dialogs", 0L)
                        .containsEntry("timers", 0L)
                        .doesNotContainKey("failedTasks");
                assertThat(gained(endpoint, before, "messages")).isGreaterThanOrEqualTo(peer.sent());
            });
            return answer.isEmpty() ? counted : answer;
        }
    }

    /**
     * Asks an honest question and waits for its answer, and for that of the message before it where one is under way.
     *
     * @return the status of the message before; that of the call, if the question is one
     */
    private static String answer(TorturePeer peer, String method, String of, boolean overTcp) throws Exception {
        String id = "honest-" + method + "-" + of;
        peer.sendDatagram(peer.request(method, id));
        String status = "";
        boolean served = false;
        boolean underWay = false;
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        while (!served || underWay) {
            String answer = peer.next(Duration.ofNanos(Math.max(1, patienceEnds - System.nanoTime())));
            assertThat(answer).as("an answer to %s", method).isNotEmpty();
            String told = answer.split(" ", 3)[1];
            boolean provisional = told.startsWith("1");
            boolean honest = answer.contains(id);
            served |= honest && !provisional;
            underWay = honest ? underWay : provisional;
            if (!provisional) {
                status = honest && method.equals("OPTIONS") ? status : told;
                if (answer.contains(" INVITE\r\n")) {
                    peer.acknowledge(answer, overTcp && !honest);
                }
            }
        }
        return status;
    }

    private static long gained(SipStack endpoint, Map<String, Long> before, String name) {
        return endpoint.gauges().getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
    }

    private static byte[] message(String name) throws IOException {
        try (InputStream in = Rfc4475IT.class.getResourceAsStream("/rfc4475/" + name + ".dat")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static SipStack begun() throws IOException {
        SipStack endpoint = SipStack.start(
                new SipSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        null,
                        null,
                        null,
                        SipSettings.Access.of("ringback", List.of(TRUNK)),
                        SipSettings.Timing.DEFAULT),
                new MemoryJournal(),
                MemoryUsers.named("ann").at(InstantSource.system()));
        endpoint.open(offer -> offer.refuse(480));
        return endpoint;
    }
}
