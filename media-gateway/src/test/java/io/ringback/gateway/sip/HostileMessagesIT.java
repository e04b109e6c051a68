package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the next honest request is answered. In the manner of RFC 4475, and worse. */
@Isolated("it measures the heap")
class HostileMessagesIT {
    private static final int LARGEST_DATAGRAM = 65_507;

    private final UdpPeer peer;
    private final SipStack endpoint;

    HostileMessagesIT() throws IOException {
        peer = new UdpPeer();
        endpoint = SipStack.start(
                new SipSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        null,
                        null,
                        null,
                        SipSettings.Access.DEFAULT,
                        SipSettings.Timing.DEFAULT),
                new MemoryJournal());
    }

    @AfterEach
    void stillAnswers() throws IOException {
        try (peer;
                endpoint) {
            assertThat(answersHonestly()).as("the endpoint still answers").isTrue();
            assertThat(endpoint.gauges())
                    .containsEntry("serverTransactions", 0L)
                    .containsEntry("dialogs", 0L);
        }
    }

    /** Asks as a client over UDP does, which repeats what gets no answer (RFC 3261 §17.1.2.2): the flood drops datagrams. */
    private boolean answersHonestly() throws IOException {
        for (int attempt = 0; attempt < 10; attempt++) {
            peer.send(options("honest", ""), endpoint.advertised());
            Optional<UdpPeer.Message> answer = peer.next("SIP/2.0 200", Duration.ofSeconds(1));
            while (answer.isPresent()) {
                if (answer.get().header("Call-ID").equals("honest")) {
                    return true;
                }
                answer = peer.next("SIP/2.0 200", Duration.ofSeconds(1));
            }
        }
        return false;
    }

    private String options(String callId, String more) {
        return "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + peer.port() + ";branch=z9hG4bK"
                + callId
                + "\r\nFrom: <sip:x@127.0.0.1>;tag=x\r\nTo: <sip:y@127.0.0.1>\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

    private long count(String name) {
        return endpoint.gauges().getOrDefault(name, 0L);
    }

    @Test
    void aHundredHeadersPassAndOneMoreDoesNot() throws Exception {
        String header = "X-Filler: 1\r\n";
        int own = 7;
        peer.send(options("fits", header.repeat(GuardedParserFactory.MAX_HEADERS - own)), endpoint.advertised());
        peer.expect("SIP/2.0 200");
        peer.send(options("excess", header.repeat(GuardedParserFactory.MAX_HEADERS - own + 1)), endpoint.advertised());

        Awaitility.await().until(() -> count("refusedMessages") == 1);
    }

    @Test
    void datagramsBeyondTheLimitAreNotParsed() throws Exception {
        String filler = "X-Filler: " + "x".repeat(GuardedParserFactory.MAX_UDP_BYTES) + "\r\n";
        peer.send(options("large", filler), endpoint.advertised());
        peer.send(options("commas", "Contact: " + "<sip:a@b>,".repeat(500) + "<sip:a@b>\r\n"), endpoint.advertised());

        Awaitility.await().until(() -> count("refusedMessages") == 2);
    }

    /** A few crafted datagrams once cost the bare stack more than a gigabyte. */
    @Test
    void largeDatagramsCostNoMemoryThatStays() throws Exception {
        byte[] crafted = options("via", "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n".repeat(1700))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(crafted.length).isBetween(60_000, LARGEST_DATAGRAM);
        for (int i = 0; i < 200; i++) {
            peer.send(crafted, endpoint.advertised());
        }
        Awaitility.await().until(() -> count("refusedMessages") > 0);
        Awaitility.await("memory").atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            assertThat(runtime.totalMemory() - runtime.freeMemory()).isLessThan(300L << 20);
        });
    }

    @Test
    void garbageOfEverySizeIsSurvived() throws Exception {
        Random random = new Random(4475);
        for (int size : new int[] {0, 1, 2, 3, 4, 17, 100, 1000, 8191, 8192, 8193, 16_384, LARGEST_DATAGRAM}) {
            byte[] garbage = new byte[size];
            random.nextBytes(garbage);
            peer.send(garbage, endpoint.advertised());
            for (int i = 0; i < size; i++) {
                garbage[i] = "\r\n ,;<>:\"=@\\%()SIP/2.0".getBytes(StandardCharsets.US_ASCII)[random.nextInt(21)];
            }
            peer.send(garbage, endpoint.advertised());
        }
    }

    @Test
    void mutatedRequestsAndAnswersAreSurvived() throws Exception {
        Random random = new Random(3261);
        byte[] request = options("mutant", "").getBytes(StandardCharsets.US_ASCII);
        byte[] answer = options("mutant", "")
                .replace("OPTIONS sip:x@127.0.0.1 SIP/2.0", "SIP/2.0 200 OK")
                .getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 3000; round++) {
            byte[] message = (round % 2 == 0 ? request : answer).clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(128);
            }
            peer.send(message, endpoint.advertised());
        }
        Awaitility.await().until(() -> count("malformedMessages") > 0);
    }

    static Stream<String> torture() {
        String via = "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK";
        String rest = "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: t\r\nCSeq: 1 INVITE\r\nMax-Forwards: 7\r\n";
        return Stream.of(
                // No headers at all; a version that is not ours; a method that its CSeq does not name.
                "INVITE sip:c@d SIP/2.0\r\n\r\n",
                "INVITE sip:c@d SIP/7.0\r\n" + via + "1\r\n" + rest + "\r\n",
                "OPTIONS sip:c@d SIP/2.0\r\n" + via + "2\r\n" + rest + "\r\n",
                // Numbers beyond their type, and below zero.
                "INVITE sip:c@d SIP/2.0\r\n" + via + "3\r\n" + rest.replace("CSeq: 1", "CSeq: 36893488147419103232")
                        + "\r\n",
                "INVITE sip:c@d SIP/2.0\r\n" + via + "4\r\n" + rest + "Content-Length: -999\r\n\r\n",
                "INVITE sip:c@d SIP/2.0\r\n" + via + "5\r\n" + rest + "Content-Length: 99999\r\n\r\nshort",
                // Unterminated quotes and brackets; spaces and escapes in the request URI; an unknown scheme.
                "INVITE sip:c@d SIP/2.0\r\n" + via + "6\r\n" + rest.replace("<sip:c@d>", "\"Mr C <sip:c@d>") + "\r\n",
                "INVITE <sip:c@d> SIP/2.0\r\n" + via + "7\r\n" + rest + "\r\n",
                "INVITE sip:c@d; lr SIP/2.0\r\n" + via + "8\r\n" + rest + "\r\n",
                "INVITE sip:%00%ff%@d SIP/2.0\r\n" + via + "9\r\n" + rest + "\r\n",
                "INVITE nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0\r\n" + via + "10\r\n" + rest + "\r\n",
                // Headers twice that may stand once; an empty Via; a Via of another protocol; folded lines.
                "INVITE sip:c@d SIP/2.0\r\n" + via + "11\r\n" + rest + rest + "\r\n",
                "INVITE sip:c@d SIP/2.0\r\nVia:\r\n" + rest + "\r\n",
                "INVITE sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP ;;,;,,\r\n" + rest + "\r\n",
                "INVITE sip:c@d SIP/2.0\r\n  " + via + "12\r\n" + rest + "\r\n",
                // Answers that nobody asked for, with a status that is none.
                "SIP/2.0 100\r\n" + via + "13\r\n" + rest + "\r\n",
                "SIP/2.0 4294967301 better not break the receiver\r\n" + via + "14\r\n" + rest + "\r\n",
                "SIP/2.0 200 OK\r\n" + via + "15\r\n" + rest + "\r\n",
                "ACK sip:c@d SIP/2.0\r\n" + via + "16\r\n" + rest.replace("INVITE", "ACK") + "\r\n",
                "INVITE sip:c@d SIP/2.0\r\n" + via + "17\r\n" + rest + "Date: Fri, 01 Jan 2010 16:00:00 EST\r\n"
                        + "Session-Expires: x\r\nMin-SE: -1\r\nRSeq: 99999999999\r\nRAck: a b c\r\n\r\n");
    }

    @ParameterizedTest
    @Execution(CONCURRENT)
    @MethodSource
    void torture(String message) throws Exception {
        peer.send(message, endpoint.advertised());
    }

    @Test
    void aTcpConnectionThatSendsTooMuchIsNoHarm() throws Exception {
        try (Socket socket = new Socket(
                endpoint.advertised().getAddress(), endpoint.advertised().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(options("tcp", "X-Filler: 1\r\n".repeat(150)).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Awaitility.await().until(() -> count("refusedMessages") == 1);
        }
    }
}
