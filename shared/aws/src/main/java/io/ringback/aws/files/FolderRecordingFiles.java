package io.ringback.aws.files;

import io.ringback.core.port.RecordingFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Recordings in a local folder; a key is a path below it. */
public final class FolderRecordingFiles implements RecordingFiles {
    private final Path folder;

    public FolderRecordingFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void store(String key, Path file, String contentType) throws IOException {
        Path target = path(key);
        Path parent = target.resolveSibling(".");
        Files.createDirectories(parent);
        // Copied beside it and then moved, so that a reader sees a whole file or none.
        Path copy = Files.createTempFile(parent, "incoming", null);
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @Override
    public Optional<Long> size(String key) throws IOException {
        Path file = path(key);
        return Files.isRegularFile(file) ? Optional.of(Files.size(file)) : Optional.empty();
    }

    @Override
    public byte[] read(String key, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try (SeekableByteChannel channel = Files.newByteChannel(path(key))) {
            channel.position(offset);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException(key + " ends before " + (offset + length));
                }
            }
        }
        return buffer.array();
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    private Path path(String key) {
        Path file = folder.resolve(key).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IllegalArgumentException("the key " + key + " leaves the folder of recordings");
        }
        return file;
    }
}
