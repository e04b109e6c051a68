package io.ringback.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/**
 * Port numbers for what cannot be told to take any free one: other programs, and ports that have to lie in a row. A
 * server of our own that can bind port 0 does so instead.
 *
 * <p>A number that is free now must still be free when it is used, a second later perhaps. So it is none that the
 * system gives away to whoever asks for port 0 or connects to somewhere; no other process of tests is given it, for
 * each has a slice of its own, which belongs to it as long as it listens on the first port of it; and this process
 * does not get it again before it went through its whole slice.
 */
public final class Ports {
    /** Linux gives away 32768 and above; 30000 stands in the SDP of tests without sound. */
    private static final int FIRST = 10_000;

    private static final int END = 30_000;

    /** The media gateway's usual ports for sound lie in one slice, which nobody is given. */
    private static final int USUAL_SOUND = 20_000;

    /** More than the tests that run side by side hold at a time, several times over. */
    private static final int SLICE = 2500;

    private static final Ports OF_THIS_PROCESS = new Ports();

    private final ServerSocket claim;
    private int next;

    private Ports() {
        claim = claim();
        next = claim.getLocalPort() + 1;
    }

    /** A port that is free for UDP and for TCP on every address of this machine. */
    public static int next() {
        return OF_THIS_PROCESS.take(1, 1);
    }

    /**
     * Ports in a row, each as {@link #next} gives them.
     *
     * @param count at most a few hundred
     * @return the first of them, an even one as for RTP (RFC 3550 §11)
     */
    public static int inARow(int count) {
        return OF_THIS_PROCESS.take(count, 2);
    }

    private synchronized int take(int count, int multipleOf) {
        int first = claim.getLocalPort() + 1;
        int end = claim.getLocalPort() + SLICE;
        for (int tried = 0; tried < 2 * SLICE; tried++) {
            int start = (next + multipleOf - 1) / multipleOf * multipleOf;
            if (start + count > end) {
                next = first;
            } else if (areFree(start, count)) {
                next = start + count;
                return start;
            } else {
                next = start + 1;
            }
        }
        throw new IllegalStateException("no " + count + " ports in a row are free from " + first + " to " + (end - 1));
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (DatagramSocket udp = new DatagramSocket(port);
                ServerSocket tcp = new ServerSocket(port)) {
            return udp.isBound() && tcp.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever listens on the first port of a slice owns it; the system lets go of it however the process ends. */
    private static ServerSocket claim() {
        for (int slice = FIRST; slice < END; slice += SLICE) {
            Optional<ServerSocket> claim = slice == USUAL_SOUND ? Optional.empty() : listen(slice);
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        throw new IllegalStateException("every slice of ports is taken");
    }

    private static Optional<ServerSocket> listen(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException taken) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
