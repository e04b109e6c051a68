package io.ringback.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringback.local.chaos.Leg.Moment;
import io.ringback.local.phones.PhoneEvent.Kind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls through the trunk, by hand: SIP text over a UDP socket, no stack. Rings for a while, talks for a
 * while, hangs up, unless the other side is faster.
 */
final class TrunkCaller implements Runnable {
    private static final int T1_MILLIS = 500;
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final int LARGEST = 65_535;
    private static final Pattern ANSWER = Pattern.compile("^SIP/2\\.0 (\\d{3}) ");

    private final InetSocketAddress gateway;
    private final String number;
    private final Duration ringing;
    private final Duration talk;
    private final List<Moment> moments = new CopyOnWriteArrayList<>();

    /** What it waits for. */
    private enum State {
        INVITING,
        RINGING,
        CANCELLING,
        TALKING,
        LEAVING,
        OVER
    }

    private State state = State.INVITING;
    private Instant since = Instant.now();
    private String to;
    private String contact;

    /**
     * A call to be made.
     *
     * @param gateway where it listens for SIP
     * @param number that is called
     * @param ringing until the caller gives up
     * @param talk until the caller hangs up
     */
    TrunkCaller(InetSocketAddress gateway, String number, Duration ringing, Duration talk) {
        this.gateway = gateway;
        this.number = number;
        this.ringing = ringing;
        this.talk = talk;
        this.to = "<" + uri() + ">";
        this.contact = uri();
    }

    Leg leg() {
        return new Leg(number, "", List.copyOf(moments));
    }

    /** Calls, to the end. */
    @Override
    public void run() {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                DatagramSocket sound = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setSoTimeout(T1_MILLIS);
            note(Kind.INVITED);
            enter(State.INVITING);
            send(socket, "INVITE", 1, description(sound));
            while (state != State.OVER) {
                String message = receive(socket);
                if (message == null) {
                    again(socket, sound);
                } else if (message.startsWith("SIP/2.0 ")) {
                    answered(socket, message);
                } else {
                    asked(socket, message);
                }
                patience(socket);
            }
        } catch (IOException e) {
            note(Kind.LOST);
        }
    }

    private void answered(DatagramSocket socket, String message) throws IOException {
        Matcher line = ANSWER.matcher(message);
        int status = line.find() ? Integer.parseInt(line.group(1)) : 0;
        if (!message.contains("CSeq: 1 INVITE")) {
            if (status >= 200 && state == State.LEAVING) {
                enter(State.OVER);
            }
            return;
        }
        if (status >= 200) {
            to = first("(?m)^To: *(.*?)\\s*$", message, to);
            contact = first("(?m)^Contact:.*<([^>]+)>", message, contact);
            send(socket, "ACK", 1, "");
        }
        if (status >= 300 && state != State.TALKING && state != State.LEAVING) {
            note(Kind.REJECTED);
            enter(State.OVER);
        } else if (status >= 200 && state != State.TALKING && state != State.LEAVING) {
            note(Kind.CONFIRMED);
            enter(State.TALKING);
        } else if (status >= 100 && state == State.INVITING) {
            enter(State.RINGING);
        }
    }

    private void asked(DatagramSocket socket, String request) throws IOException {
        StringBuilder answer = new StringBuilder("SIP/2.0 200 OK\r\n");
        request.lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq):.*"))
                .forEach(line -> answer.append(line).append("\r\n"));
        sendText(socket, answer.append("Content-Length: 0\r\n\r\n").toString());
        if (request.startsWith("BYE ")) {
            note(Kind.BYE_RECEIVED);
            enter(State.OVER);
        }
    }

    /** Nothing came for a while: what is still open is sent again. */
    private void again(DatagramSocket socket, DatagramSocket sound) throws IOException {
        switch (state) {
            case INVITING -> send(socket, "INVITE", 1, description(sound));
            case CANCELLING -> send(socket, "CANCEL", 1, "");
            case LEAVING -> send(socket, "BYE", 2, "");
            default -> {
                // It is the other side's turn.
            }
        }
    }

    /** Goes on when it has waited for long enough. */
    private void patience(DatagramSocket socket) throws IOException {
        Duration waited = Duration.between(since, Instant.now());
        if (state == State.RINGING && waited.compareTo(ringing) > 0) {
            enter(State.CANCELLING);
            send(socket, "CANCEL", 1, "");
        } else if (state == State.TALKING && waited.compareTo(talk) > 0) {
            note(Kind.HUNG_UP);
            enter(State.LEAVING);
            send(socket, "BYE", 2, "");
        } else if (state != State.RINGING && state != State.TALKING && waited.compareTo(SILENCE) > 0) {
            note(Kind.LOST);
            enter(State.OVER);
        }
    }

    private void enter(State next) {
        state = next;
        since = Instant.now();
    }

    private void note(Kind kind) {
        moments.add(new Moment(Instant.now(), kind));
    }

    private void send(DatagramSocket socket, String method, int cseq, String body) throws IOException {
        boolean inDialog = method.equals("BYE") || (method.equals("ACK") && state != State.CANCELLING);
        sendText(
                socket,
                String.join(
                        "\r\n",
                        method + " " + (inDialog ? contact : uri()) + " SIP/2.0",
                        "Via: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort() + ";branch=z9hG4bK-" + number + "-" + cseq
                                + (method.equals("ACK") && inDialog ? "-ack" : ""),
                        "Max-Forwards: 70",
                        "From: <sip:+4930999999@127.0.0.1>;tag=" + socket.getLocalPort(),
                        "To: " + (method.equals("CANCEL") || method.equals("INVITE") ? "<" + uri() + ">" : to),
                        "Call-ID: " + number + "-" + socket.getLocalPort(),
                        "CSeq: " + cseq + " " + method,
                        "Contact: <sip:caller@127.0.0.1:" + socket.getLocalPort() + ">",
                        body.isEmpty() ? "User-Agent: chaos" : "Content-Type: application/sdp",
                        "Content-Length: " + body.length(),
                        "",
                        body));
    }

    private void sendText(DatagramSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, gateway));
    }

    private static @Nullable String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), UTF_8);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private static String description(DatagramSocket sound) {
        return String.join(
                "\r\n",
                "v=0",
                "o=caller 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + sound.getLocalPort() + " RTP/AVP 0",
                "");
    }

    private String uri() {
        return "sip:" + number + "@" + gateway.getHostString() + ":" + gateway.getPort();
    }

    private static String first(String pattern, String text, String otherwise) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
