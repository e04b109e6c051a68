package io.ringback.aws.memory;

import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects pokes until they are taken. */
public final class MemoryPokes implements Pokes {
    private final List<StreamRef> poked = new ArrayList<>();

    @Override
    public synchronized void poke(Collection<StreamRef> streams) {
        poked.addAll(streams);
    }

    /** All pokes since the last time, in order. */
    public synchronized List<StreamRef> take() {
        List<StreamRef> taken = List.copyOf(poked);
        poked.clear();
        return taken;
    }
}
