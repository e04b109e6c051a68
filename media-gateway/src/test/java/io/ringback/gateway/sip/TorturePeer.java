package io.ringback.gateway.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A peer at a loopback address of its own that sends bytes as they are, over UDP or TCP. The messages of RFC 4475 have
 * no rport, so that answers over UDP go to port 5060 of wherever a message came from: there it listens.
 */
final class TorturePeer implements AutoCloseable {
    private static final int SIP_PORT = 5060;
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InetAddress address;
    private final InetSocketAddress to;
    private final DatagramSocket udp;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private @Nullable Socket tcp;
    private long sent;

    TorturePeer(String literalAddress, InetSocketAddress to) throws IOException {
        this.address = InetAddress.getByName(literalAddress);
        this.to = to;
        this.udp = new DatagramSocket(SIP_PORT, address);
        start(this::readDatagrams);
    }

    /** Sends one message; over TCP on a connection of its own. */
    void send(byte[] message, boolean overTcp) throws IOException {
        sent++;
        if (!overTcp) {
            udp.send(new DatagramPacket(message, message.length, to));
            return;
        }
        closeTcp();
        Socket socket = new Socket(to.getAddress(), to.getPort(), address, 0);
        tcp = socket;
        InputStream in = socket.getInputStream();
        start(() -> readStream(in));
        socket.getOutputStream().write(message);
    }

    /** Sends over UDP. */
    void sendDatagram(String message) throws IOException {
        sent++;
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        udp.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** A request that nothing is wrong with. */
    String request(String method, String callId) {
        String host = address.getHostAddress();
        return String.join(
                "\r\n",
                method + " sip:+15550199@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP " + host + ";branch=z9hG4bK" + callId,
                "From: <sip:+15550100@" + host + ">;tag=honest",
                "To: <sip:+15550199@127.0.0.1>",
                "Call-ID: " + callId,
                "CSeq: 1 " + method,
                "Contact: <sip:+15550100@" + host + ">",
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "");
    }

    /** Acknowledges the refusal of an INVITE, on the connection that was opened last or over UDP. */
    void acknowledge(String refusal, boolean overTcp) throws IOException {
        String kept = refusal.lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
                .map(line -> line.startsWith("CSeq") ? line.replace("INVITE", "ACK") : line)
                .collect(Collectors.joining("\r\n"));
        String ack =
                "ACK sip:+15550199@127.0.0.1 SIP/2.0\r\n" + kept + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        if (overTcp && tcp != null) {
            sent++;
            tcp.getOutputStream().write(ack.getBytes(StandardCharsets.UTF_8));
        } else {
            sendDatagram(ack);
        }
    }

    boolean isAnswered() {
        return !answers.isEmpty();
    }

    /** How many messages were sent. */
    long sent() {
        return sent;
    }

    /** The next answer; empty text when none comes in time. */
    String next(Duration within) throws InterruptedException {
        String answer = answers.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        return answer == null ? "" : answer;
    }

    private static void start(Runnable reader) {
        Thread thread = new Thread(reader, "torture-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void readDatagrams() {
        byte[] buffer = new byte[LARGEST_DATAGRAM];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                answers.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
            } catch (SocketTimeoutException e) {
                throw new UncheckedIOException("without a time-out", e);
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Answers have no body here. */
    private void readStream(InputStream in) {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
                int end = text.length() - END_OF_HEAD.length;
                if (end >= 0 && text.substring(end).equals("\r\n\r\n")) {
                    answers.add(text.toString());
                    text.setLength(0);
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void closeTcp() throws IOException {
        if (tcp != null) {
            tcp.close();
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        closeTcp();
    }
}
