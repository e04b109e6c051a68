package io.ringback.gateway.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal that remembers each record, for tests. */
final class MemoryJournal implements DialogJournal {
    private final Map<String, DialogRecord> open = new ConcurrentHashMap<>();
    private final List<DialogRecord> all = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    /** From now on nothing can be noted, as on a full disk. */
    void fill() {
        full = true;
    }

    @Override
    public void record(DialogRecord dialog) {
        if (full) {
            throw new UncheckedIOException(new IOException("disk full, as this test wants it"));
        }
        open.put(dialog.legId(), dialog);
        all.add(dialog);
    }

    @Override
    public void forget(String legId) {
        open.remove(legId);
    }

    /** What a restarted gateway would find. */
    Map<String, DialogRecord> open() {
        return Map.copyOf(open);
    }

    /** The record of a leg that has to have one. */
    DialogRecord noted(String legId) {
        return Objects.requireNonNull(open.get(legId), legId);
    }

    List<DialogRecord> all() {
        return List.copyOf(all);
    }
}
