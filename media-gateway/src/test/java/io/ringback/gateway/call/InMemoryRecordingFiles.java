package io.ringback.gateway.call;

import io.ringback.core.port.RecordingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A recording store in memory, which can be told to fail. */
public final class InMemoryRecordingFiles implements RecordingFiles {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** Lets the next attempts fail. */
    public void failNext(int attempts) {
        failures.set(attempts);
    }

    @Override
    public void store(String key, Path file, String contentType) throws IOException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the store is told to fail");
        }
        types.put(key, contentType);
        files.put(key, Files.readAllBytes(file));
    }

    /** As what a file was stored; empty text if it was not. */
    public String contentType(String key) {
        return types.getOrDefault(key, "");
    }

    @Override
    public Optional<Long> size(String key) {
        return Optional.ofNullable(files.get(key)).map(bytes -> (long) bytes.length);
    }

    @Override
    public byte[] read(String key, long offset, int length) {
        byte[] file = files.getOrDefault(key, new byte[0]);
        return Arrays.copyOfRange(file, (int) offset, (int) offset + length);
    }

    @Override
    public void delete(String key) {
        files.remove(key);
    }
}
