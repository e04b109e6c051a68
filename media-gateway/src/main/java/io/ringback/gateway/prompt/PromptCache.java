package io.ringback.gateway.prompt;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded files by their key, the least recently used dropped beyond a number of bytes. Thread-safe. */
final class PromptCache {
    private final long mostBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    PromptCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A decoded file. */
    static final class Entry {
        private final short[] samples;
        private final @Nullable String etag;
        private final Instant freshUntil;

        Entry(short[] samples, @Nullable String etag, Instant freshUntil) {
            this.samples = samples;
            this.etag = etag;
            this.freshUntil = freshUntil;
        }

        short[] samples() {
            return samples;
        }

        /** What the server is asked with whether the file is still this one. */
        @Nullable
        String etag() {
            return etag;
        }

        boolean isFresh(Instant now) {
            return now.isBefore(freshUntil);
        }

        Entry freshUntil(Instant until) {
            return new Entry(samples, etag, until);
        }

        private long bytes() {
            return 2L * samples.length;
        }
    }

    synchronized @Nullable Entry get(String key) {
        return entries.get(key);
    }

    synchronized void put(String key, Entry entry) {
        Entry before = entries.put(key, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    synchronized void remove(String key) {
        Entry gone = entries.remove(key);
        bytes -= gone == null ? 0 : gone.bytes();
    }

    synchronized long bytes() {
        return bytes;
    }
}
