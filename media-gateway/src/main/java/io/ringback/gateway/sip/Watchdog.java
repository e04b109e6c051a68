package io.ringback.gateway.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks our own UDP socket for OPTIONS at intervals, from a socket of its own: the question takes the way of every
 * peer's, through the kernel, the stack's thread and the parser. Two misses in a row mean that we are not ready.
 */
final class Watchdog implements AutoCloseable {
    private static final int MISSES = 2;
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final InetSocketAddress target;
    private final Supplier<String> tokens;
    private final int patienceMs;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sip-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int missed;

    /** @param listening the stack's UDP socket */
    Watchdog(InetSocketAddress listening, Duration interval, Supplier<String> tokens) {
        InetAddress host =
                listening.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listening.getAddress();
        this.target = new InetSocketAddress(host, listening.getPort());
        this.tokens = tokens;
        this.patienceMs = (int) Math.max(1, interval.toMillis() / 2);
        var unused = scheduler.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean ready() {
        return missed < MISSES;
    }

    private void look() {
        boolean answered = ask();
        missed = answered ? 0 : missed + 1;
        if (missed == MISSES) {
            log.error("our own SIP socket does not answer");
        }
    }

    private boolean ask() {
        try (DatagramSocket socket = new DatagramSocket(0, target.getAddress())) {
            socket.setSoTimeout(patienceMs);
            String callId = tokens.get();
            byte[] question = question(callId, socket.getLocalPort()).getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(question, question.length, target));
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            String answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
            return answer.startsWith("SIP/2.0 200") && answer.contains(callId);
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            log.warn("watchdog: {}", e.toString());
            return false;
        }
    }

    private String question(String callId, int port) {
        String host = target.getAddress().getHostAddress();
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return String.join(
                "\r\n",
                "OPTIONS sip:watchdog@" + bracketed + ":" + target.getPort() + " SIP/2.0",
                "Via: SIP/2.0/UDP " + bracketed + ":" + port + ";branch=z9hG4bK" + callId + ";rport",
                "From: <sip:watchdog@" + bracketed + ">;tag=" + callId,
                "To: <sip:watchdog@" + bracketed + ">",
                "Call-ID: " + callId,
                "CSeq: 1 OPTIONS",
                "Max-Forwards: 0",
                "Content-Length: 0",
                "",
                "");
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
