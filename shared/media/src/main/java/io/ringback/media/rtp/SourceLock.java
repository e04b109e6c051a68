package io.ringback.media.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * From where a leg takes packets, and where it sends its own. It begins with the address of the session description.
 * The first address from which {@link #IN_A_ROW} valid packets of one SSRC come in a row becomes the leg's, so that a
 * phone behind an address translator is heard and hears; from then on only it is accepted, until the next offer and
 * answer.
 */
public final class SourceLock {
    /** So many valid packets in a row convince. */
    static final int IN_A_ROW = 3;

    private volatile InetSocketAddress destination;
    private InetSocketAddress signalled;
    private boolean locked;
    private @Nullable InetSocketAddress candidate;
    private int candidateSsrc;
    private int inARow;
    private long dropped;

    public SourceLock(InetSocketAddress signalled) {
        this.signalled = signalled;
        destination = signalled;
    }

    /**
     * Judges a packet that is valid RTP of a negotiated payload type.
     *
     * @return whether to use it
     */
    public synchronized boolean accept(InetSocketAddress source, int ssrc) {
        if (!locked) {
            count(source, ssrc);
        }
        boolean accepted = source.equals(destination);
        if (!accepted) {
            dropped++;
        }
        return accepted;
    }

    private void count(InetSocketAddress source, int ssrc) {
        boolean same = source.equals(candidate) && ssrc == candidateSsrc;
        candidate = source;
        candidateSsrc = ssrc;
        inARow = same ? inARow + 1 : 1;
        if (inARow == IN_A_ROW) {
            locked = true;
            destination = source;
        }
    }

    /**
     * A new offer was answered: the source may be learned anew. While the described address stays the same, what was
     * learned is used until something else convinces.
     */
    public synchronized void renegotiated(InetSocketAddress nowSignalled) {
        if (!nowSignalled.equals(signalled)) {
            signalled = nowSignalled;
            destination = nowSignalled;
        }
        locked = false;
        candidate = null;
        inARow = 0;
    }

    /** Where to send. */
    public InetSocketAddress destination() {
        return destination;
    }

    /** Packets that came from elsewhere. */
    public synchronized long dropped() {
        return dropped;
    }
}
