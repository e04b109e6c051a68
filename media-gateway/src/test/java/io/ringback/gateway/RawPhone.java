package io.ringback.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A phone made of two sockets and literal bytes, so that it shares no mistake with what it tests: rings, answers every
 * INVITE with µ-law and telephone events unless it is told not to, calls, keeps every packet it hears, sends what it is
 * told.
 */
final class RawPhone implements AutoCloseable {
    private static final int TELEPHONE_EVENT = 101;
    private static final Pattern MEDIA = Pattern.compile("m=audio (\\d+) ");
    private static final Pattern TO = Pattern.compile("(?m)^To:(.*)\r?$");
    private static final Pattern CONTACT = Pattern.compile("(?m)^Contact: *<([^>]*)>");
    private static final Pattern HEADER = Pattern.compile("(?m)^(Via|From|To|Call-ID|CSeq|X-Ringback-Leg):(.*)\r?$");

    private final DatagramSocket sip = loopback();
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<byte[]> heard = new CopyOnWriteArrayList<>();
    private final List<byte[]> reports = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final boolean telephoneEvents;
    private volatile @Nullable Ringing ringing;
    private volatile @Nullable String dialog;
    private volatile boolean answering = true;
    private volatile boolean early;
    private volatile @Nullable SocketAddress mediaTarget;
    private int sequence = 100;
    private int timestamp = 16_000;

    /** An INVITE that is not answered yet. */
    private record Ringing(String invite, SocketAddress from) {}

    RawPhone(boolean telephoneEvents) {
        this.telephoneEvents = telephoneEvents;
        DatagramSocket[] pair = pair();
        this.rtp = pair[0];
        this.rtcp = pair[1];
        new Thread(this::serve, "raw-phone-sip").start();
        new Thread(() -> listen(rtp, heard), "raw-phone-rtp").start();
        new Thread(() -> listen(rtcp, reports), "raw-phone-rtcp").start();
    }

    int sipPort() {
        return sip.getLocalPort();
    }

    /** From here on an INVITE only rings. */
    void letRing() {
        answering = false;
    }

    /** From here on an INVITE rings with a description of what is to be heard meanwhile. */
    void letRingAudibly() {
        answering = false;
        early = true;
    }

    /** Answers what rings. */
    void answer() throws IOException {
        Ringing call = ringing;
        if (call == null) {
            throw new IllegalStateException("nothing rings");
        }
        reply("200 OK", call.invite(), description(), call.from());
    }

    /** Refuses what rings. */
    void refuse(String status) throws IOException {
        Ringing call = ringing;
        if (call == null) {
            throw new IllegalStateException("nothing rings");
        }
        reply(status, call.invite(), "", call.from());
    }

    /** Calls; {@link #answers} has what comes of it. */
    void call(String user, int gatewayPort) throws IOException {
        String uri = "sip:" + user + "@127.0.0.1:" + gatewayPort;
        dialog = "From: <sip:+12065550123@127.0.0.1>;tag=rawcaller\r\nTo: <" + uri + ">\r\nCall-ID: raw-" + sipPort()
                + "\r\n";
        request("INVITE", uri, 1, "invite", description(), gatewayPort);
    }

    /** Gives the call up before it is answered. */
    void cancel(String user, int gatewayPort) throws IOException {
        request("CANCEL", "sip:" + user + "@127.0.0.1:" + gatewayPort, 1, "invite", "", gatewayPort);
    }

    /** Status lines of the answers to the call, in order. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    /** Methods of the requests that came, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The RTP packets that came, in order. */
    List<byte[]> heard() {
        return List.copyOf(heard);
    }

    /** The RTCP packets that came, in order. */
    List<byte[]> reports() {
        return List.copyOf(reports);
    }

    /** What the last packets of sound held, µ-law; empty when there are not as many. */
    List<Byte> lastSound(int packets) {
        List<byte[]> sound =
                heard.stream().filter(packet -> (packet[1] & 0x7F) == 0).toList();
        List<Byte> last = new ArrayList<>();
        for (byte[] packet : sound.subList(Math.max(0, sound.size() - packets), sound.size())) {
            for (int i = 12; i < packet.length; i++) {
                last.add(packet[i]);
            }
        }
        return last;
    }

    /** Event codes of the telephone events that came, each press once. */
    List<Integer> presses() {
        List<Integer> presses = new ArrayList<>();
        String before = "";
        for (byte[] packet : heard) {
            if ((packet[1] & 0x7F) == TELEPHONE_EVENT) {
                String press = packet[4] + "," + packet[5] + "," + packet[6] + "," + packet[7];
                if (!press.equals(before)) {
                    presses.add((int) packet[12]);
                }
                before = press;
            }
        }
        return presses;
    }

    /** What the packets held, µ-law. */
    List<Byte> heardSound() {
        List<Byte> sound = new ArrayList<>();
        for (byte[] packet : heard) {
            for (int i = 12; i < packet.length; i++) {
                sound.add(packet[i]);
            }
        }
        return sound;
    }

    /** Sends 20 ms of µ-law. */
    void say(byte[] payload) {
        send(0, false, timestamp, payload);
        timestamp += 160;
    }

    /** Presses a key as RFC 4733 wants it: one first packet, one more, the end three times. */
    void press(int event) {
        int start = timestamp;
        send(TELEPHONE_EVENT, true, start, new byte[] {(byte) event, 10, 0, (byte) 160});
        send(TELEPHONE_EVENT, false, start, new byte[] {(byte) event, 10, 1, 64});
        for (int i = 0; i < 3; i++) {
            send(TELEPHONE_EVENT, false, start, new byte[] {(byte) event, (byte) 0x8A, 2, (byte) 128});
        }
        timestamp += 640;
    }

    /** Sends anything to where the gateway listens for sound. */
    void sendRaw(byte[] bytes) {
        SocketAddress to = mediaTarget;
        if (to == null) {
            throw new IllegalStateException("no call yet");
        }
        try {
            rtp.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sip.close();
        rtp.close();
        rtcp.close();
    }

    private void send(int payloadType, boolean marker, int at, byte[] payload) {
        byte[] packet = new byte[12 + payload.length];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) (payloadType | (marker ? 0x80 : 0));
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        sequence++;
        for (int i = 0; i < 4; i++) {
            packet[4 + i] = (byte) (at >> (24 - 8 * i));
            packet[8 + i] = (byte) (0x0BADCAFE >> (24 - 8 * i));
        }
        System.arraycopy(payload, 0, packet, 12, payload.length);
        sendRaw(packet);
    }

    private static void listen(DatagramSocket socket, List<byte[]> into) {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                into.add(Arrays.copyOf(buffer, packet.getLength()));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve() {
        byte[] buffer = new byte[65536];
        while (!sip.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                sip.receive(packet);
                String request = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                answer(request, packet.getSocketAddress());
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void request(String method, String uri, int cseq, String branch, String body, int gatewayPort)
            throws IOException {
        String text = method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + sipPort() + ";branch=z9hG4bK"
                + branch + sipPort() + ";rport\r\nMax-Forwards: 70\r\n" + dialog + "CSeq: " + cseq + " " + method
                + "\r\nContact: <sip:raw@127.0.0.1:" + sipPort() + ">\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sip.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), gatewayPort)));
    }

    /** An answer to the call: noted, and a final one acknowledged. */
    private void answered(String response, SocketAddress from) throws IOException {
        String status = response.substring("SIP/2.0 ".length(), response.indexOf('\r'));
        if (!response.contains(" INVITE\r\n")) {
            return;
        }
        answers.add(status);
        hear(response);
        int gatewayPort = ((InetSocketAddress) from).getPort();
        if (status.charAt(0) != '1') {
            Matcher to = TO.matcher(response);
            Matcher contact = CONTACT.matcher(response);
            if (to.find()) {
                dialog = String.valueOf(dialog)
                        .replaceAll("(?m)^To: .*$", "To: " + to.group(1).strip());
            }
            boolean accepted = status.charAt(0) == '2' && contact.find();
            request(
                    "ACK",
                    accepted ? contact.group(1) : "sip:gateway@127.0.0.1:" + gatewayPort,
                    1,
                    accepted ? "ack" : "invite",
                    "",
                    gatewayPort);
        }
    }

    private void hear(String description) {
        Matcher media = MEDIA.matcher(description);
        if (media.find()) {
            mediaTarget = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(media.group(1)));
        }
    }

    private void answer(String request, SocketAddress from) throws IOException {
        String method = request.substring(0, Math.max(0, request.indexOf(' ')));
        if (method.startsWith("SIP/")) {
            answered(request, from);
            return;
        }
        requests.add(method);
        if (method.equals("INVITE")) {
            hear(request);
            ringing = new Ringing(request, from);
            reply(early ? "183 Session Progress" : "180 Ringing", request, early ? description() : "", from);
            if (answering) {
                reply("200 OK", request, description(), from);
            }
        } else if (!method.equals("ACK")) {
            reply("200 OK", request, "", from);
        }
    }

    private void reply(String status, String request, String body, SocketAddress to) throws IOException {
        StringBuilder reply = new StringBuilder("SIP/2.0 " + status + "\r\n");
        Matcher header = HEADER.matcher(request);
        while (header.find()) {
            String value = header.group(2).strip();
            boolean tagless = header.group(1).equals("To") && !value.contains("tag=");
            reply.append(header.group(1) + ": " + value + (tagless ? ";tag=rawphone" : "") + "\r\n");
        }
        reply.append("Contact: <sip:phone@127.0.0.1:" + sipPort() + ">\r\n");
        if (!body.isEmpty()) {
            reply.append("Content-Type: application/sdp\r\n");
        }
        reply.append("Content-Length: " + body.length() + "\r\n\r\n" + body);
        byte[] bytes = reply.toString().getBytes(StandardCharsets.UTF_8);
        sip.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private String description() {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + "m=audio " + rtp.getLocalPort() + " RTP/AVP 0" + (telephoneEvents ? " 101" : "") + "\r\n"
                + "a=rtpmap:0 PCMU/8000\r\n"
                + (telephoneEvents ? "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n" : "")
                + "a=sendrecv\r\n";
    }

    /** Two sockets, the second on the port behind the first's. */
    private static DatagramSocket[] pair() {
        for (int attempt = 0; attempt < 50; attempt++) {
            DatagramSocket first = loopback();
            try {
                return new DatagramSocket[] {
                    first, new DatagramSocket(first.getLocalPort() + 1, InetAddress.getLoopbackAddress())
                };
            } catch (SocketException inUse) {
                first.close();
            }
        }
        throw new IllegalStateException("no two ports in a row are free");
    }

    private static DatagramSocket loopback() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
