package io.ringback.gateway.rtp;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports that legs use, in pairs: an even one for RTP, the next for RTCP. Thread-safe. */
public final class PortRange {
    private static final Logger LOG = LoggerFactory.getLogger(PortRange.class);

    private final int first;
    private final boolean[] taken;
    private int next;

    /**
     * A range.
     *
     * @param first its first port; an odd one is left out
     * @param last its last port; an even one is left out
     */
    public PortRange(int first, int last) {
        this.first = (first + 1) & ~1;
        int pairs = (last + 1 - this.first) / 2;
        if (first < 1024 || last > 65535 || pairs < 1) {
            throw new IllegalArgumentException("no pairs of ports from " + first + " to " + last);
        }
        this.taken = new boolean[pairs];
    }

    /** How many legs can be carried at a time. */
    public int pairs() {
        return taken.length;
    }

    /** Opens the next pair that is free, ours and the machine's; empty when none is. */
    synchronized Optional<SocketPair> open() {
        for (int tried = 0; tried < taken.length; tried++) {
            int pair = next;
            next = (next + 1) % taken.length;
            if (!taken[pair]) {
                try {
                    SocketPair sockets = SocketPair.bind(first + 2 * pair, () -> release(pair));
                    taken[pair] = true;
                    return Optional.of(sockets);
                } catch (IOException inUse) {
                    LOG.debug("RTP port {} cannot be used", first + 2 * pair, inUse);
                }
            }
        }
        return Optional.empty();
    }

    /** How many legs have their pair now. */
    public synchronized int inUse() {
        int inUse = 0;
        for (boolean pair : taken) {
            inUse += pair ? 1 : 0;
        }
        return inUse;
    }

    private synchronized void release(int pair) {
        taken[pair] = false;
    }
}
