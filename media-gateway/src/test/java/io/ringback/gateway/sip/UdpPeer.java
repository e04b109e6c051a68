package io.ringback.gateway.sip;

import io.ringback.testkit.network.Ports;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A peer that reads and writes SIP as plain text, so that tests share nothing with the stack that they test. */
final class UdpPeer implements AutoCloseable {
    static final String SDP =
            "v=0\r\no=p 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";

    private final DatagramSocket socket;

    UdpPeer() throws SocketException {
        // Nobody connects from it or listens at it, so that TCP is refused there unless a test listens.
        socket = new DatagramSocket(Ports.next(), InetAddress.getLoopbackAddress());
    }

    int port() {
        return socket.getLocalPort();
    }

    /** A message and where it came from. */
    record Message(String text, SocketAddress from) {
        String startLine() {
            return text.lines().findFirst().orElse("");
        }

        String header(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** The next message that starts so; others, such as repetitions of earlier ones, are skipped. */
    Message expect(String start) throws IOException {
        return next(start, Duration.ofSeconds(10))
                .orElseThrow(() -> new AssertionError("no message that starts with " + start));
    }

    /** The same, or empty when none comes in time. */
    Optional<Message> next(String start, Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) left);
            DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (text.startsWith(start)) {
                return Optional.of(new Message(text, packet.getSocketAddress()));
            }
        }
    }

    /** Answers a request; the tag goes to To unless it has one. */
    void answer(Message request, String status, String tag, String body, String... headers) throws IOException {
        String to = request.header("To");
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        text.append("Via: ").append(request.header("Via")).append("\r\n");
        text.append("From: ").append(request.header("From")).append("\r\n");
        text.append("To: ")
                .append(to.contains("tag=") || tag.isEmpty() ? to : to + ";tag=" + tag)
                .append("\r\n");
        text.append("Call-ID: ").append(request.header("Call-ID")).append("\r\n");
        text.append("CSeq: ").append(request.header("CSeq")).append("\r\n");
        text.append("Contact: <sip:peer@127.0.0.1:").append(port()).append(">\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Type: application/sdp\r\n");
        }
        text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        send(text.toString(), request.from());
    }

    void send(String text, SocketAddress to) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8), to);
    }

    void send(byte[] bytes, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Override
    public void close() {
        socket.close();
    }
}
