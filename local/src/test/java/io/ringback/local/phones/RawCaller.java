package io.ringback.local.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One call placed by hand: SIP text over a UDP socket, no stack. */
final class RawCaller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DatagramSocket socket;
    private final InetSocketAddress network;
    private final String number;
    private final String legId;
    private final String callId;
    private final RawRtp rtp = new RawRtp();
    private String toTag = "";
    private String contact;
    private int cseq = 1;

    RawCaller(PhoneNetwork network, String number, String legId) throws IOException {
        this(network.port(), number, legId);
    }

    RawCaller(int port, String number, String legId) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.network = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.number = number;
        this.legId = legId;
        this.callId = "raw-" + socket.getLocalPort() + "-" + legId;
        this.contact = "sip:" + number + "@127.0.0.1:" + port;
    }

    String legId() {
        return legId;
    }

    RawRtp rtp() {
        return rtp;
    }

    /** An offer of PCMU (or what the formats say) with telephone-event 101 at our RTP port. */
    String offer(String formats) {
        return String.join(
                "\r\n",
                "v=0",
                "o=raw 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + rtp.port() + " RTP/AVP " + formats,
                "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-15",
                "");
    }

    void invite(String description) throws IOException {
        send("INVITE", description, "X-Ringback-Leg: " + legId);
    }

    /** INVITE, 200, ACK: the call is up, sound flows. The final response. */
    String connect() throws IOException {
        invite(offer("0 101"));
        String answer = await(200);
        rtp.sendTo(mediaAddress(answer));
        ack("");
        return answer;
    }

    void ack(String description) throws IOException {
        send("ACK", description, "");
    }

    /** Sends a request with the next CSeq, but INVITE's own for ACK and CANCEL. */
    void send(String method, String body, String header) throws IOException {
        if (!List.of("INVITE", "ACK", "CANCEL").contains(method) || (method.equals("INVITE") && !toTag.isEmpty())) {
            cseq++;
        }
        boolean sameTransaction = method.equals("INVITE") || method.equals("CANCEL");
        String text = method + " " + (method.equals("CANCEL") ? uri() : contact) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort() + ";branch=z9hG4bK-" + callId + "-"
                + (sameTransaction ? "INVITE" : method) + cseq + "\r\n"
                + "From: <sip:+15550100900@127.0.0.1>;tag=raw\r\n"
                + "To: <" + uri() + ">" + (toTag.isEmpty() || method.equals("CANCEL") ? "" : ";tag=" + toTag) + "\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "Contact: <sip:raw@127.0.0.1:" + socket.getLocalPort() + ">\r\n"
                + (header.isEmpty() ? "" : header + "\r\n")
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        sendText(text);
    }

    void sendText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, network));
    }

    private String uri() {
        return "sip:" + number + "@127.0.0.1:" + network.getPort();
    }

    /** The next response with this status; others before it are passed over. Remembers its tag and contact. */
    String await(int status) throws IOException {
        List<String> seen = new ArrayList<>();
        for (Optional<String> text = receive(PATIENCE); text.isPresent(); text = receive(PATIENCE)) {
            seen.add(text.get());
            if (text.get().startsWith("SIP/2.0 " + status + " ")) {
                first("\r\nTo:[^\r]*;tag=([^;\r]+)", text.get()).ifPresent(tag -> toTag = tag);
                first("\r\nContact:[^\r]*<([^>]+)>", text.get()).ifPresent(uri -> contact = uri);
                return text.get();
            }
        }
        throw new AssertionError("no " + status + " but " + seen);
    }

    /** The next request with this method from the phone, answered with 200. */
    String awaitRequest(String method) throws IOException {
        List<String> seen = new ArrayList<>();
        for (Optional<String> text = receive(PATIENCE); text.isPresent(); text = receive(PATIENCE)) {
            seen.add(text.get());
            if (text.get().startsWith(method + " ")) {
                sendText("SIP/2.0 200 OK\r\n"
                        + text.get()
                                .lines()
                                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq):.*"))
                                .reduce("", (all, line) -> all + line + "\r\n")
                        + "Content-Length: 0\r\n\r\n");
                return text.get();
            }
        }
        throw new AssertionError("no " + method + " but " + seen);
    }

    /** The next message; empty when none comes in this time. */
    Optional<String> receive(Duration patience) throws IOException {
        byte[] buffer = new byte[65535];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout((int) patience.toMillis());
        try {
            socket.receive(packet);
            return Optional.of(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Passes over what came so far, for instance a 200 that was repeated before its ACK arrived. */
    void readUntilQuiet() throws IOException {
        Optional<String> message;
        do {
            message = receive(Duration.ofMillis(100));
        } while (message.isPresent());
    }

    static InetSocketAddress mediaAddress(String message) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByName(first("\r\nc=IN IP4 (\\S+)", message).orElseThrow()),
                    Integer.parseInt(first("\r\nm=audio (\\d+)", message).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        socket.close();
        rtp.close();
    }
}
