package io.ringback.core.port;

import java.util.Collection;

/** Wakes the consumers of streams. Losing or doubling a poke changes nothing but the time of delivery. */
public interface Pokes {
    /** Wakes each stream's consumer. A failure is logged where it happens and never thrown. */
    void poke(Collection<StreamRef> streams);
}
