package io.ringback.gateway.rtp;

import org.jspecify.annotations.Nullable;

/**
 * One source of key presses per leg, so that a press which comes in two ways counts once: telephone events where they
 * were negotiated, else whichever of INFO and in-band tones comes first.
 */
final class DtmfSources {
    /** Where a key press was heard. */
    enum Source {
        TELEPHONE_EVENT,
        INFO,
        IN_BAND
    }

    private @Nullable Source chosen;

    /** Offer and answer agreed, for the first time or anew. */
    void negotiated(boolean telephoneEvents) {
        if (telephoneEvents) {
            chosen = Source.TELEPHONE_EVENT;
        } else if (chosen == Source.TELEPHONE_EVENT) {
            chosen = null;
        }
    }

    /** True if a press from this source counts. */
    boolean accepts(Source source) {
        if (chosen == null && source != Source.TELEPHONE_EVENT) {
            chosen = source;
        }
        return chosen == source;
    }
}
