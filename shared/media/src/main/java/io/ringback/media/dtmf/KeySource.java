package io.ringback.media.dtmf;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * From where a leg's presses are taken: one source, so that a press that comes twice counts once. Telephone events if
 * they were negotiated; else SIP INFO or the sound, whichever brings the first press. Safe for use by several threads.
 */
public final class KeySource {
    /** The ways in which a press can come. */
    public enum Way {
        TELEPHONE_EVENT,
        INFO,
        IN_BAND
    }

    private final AtomicReference<@Nullable Way> chosen = new AtomicReference<>();

    /** Tells what the last offer and answer agreed on. */
    public void negotiated(boolean telephoneEvents) {
        if (telephoneEvents) {
            chosen.set(Way.TELEPHONE_EVENT);
        } else {
            chosen.compareAndSet(Way.TELEPHONE_EVENT, null);
        }
    }

    /** Whether to take a press that came this way; the first one of a leg without telephone events chooses. */
    public boolean accept(Way way) {
        if (way != Way.TELEPHONE_EVENT) {
            chosen.compareAndSet(null, way);
        }
        return chosen.get() == way;
    }

    /** Whether the sound has to be searched for presses at all. */
    public boolean needsInBand() {
        Way way = chosen.get();
        return way == null || way == Way.IN_BAND;
    }
}
