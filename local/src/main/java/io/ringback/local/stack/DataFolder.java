package io.ringback.local.stack;

import io.ringback.local.http.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where a stack keeps everything that outlives it; one stack at a time. */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made when absent, until it is closed or the process ends.
     *
     * @throws IOException when another stack has it
     */
    public static DataFolder take(Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        OwnerOnly.makeFolder(absolute);
        FileChannel channel =
                FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("Another stack is running on " + absolute);
        }
        return new DataFolder(absolute, channel);
    }

    Path database() {
        return root.resolve("dynamodb");
    }

    Path secrets() {
        return root.resolve("secrets.json");
    }

    Path tls() {
        return root.resolve("tls");
    }

    public Path recordings() {
        return root.resolve("recordings");
    }

    /** The media gateway's journal and unfinished recordings. */
    Path gateway() {
        return root.resolve("gateway");
    }

    public Path readyFile() {
        return root.resolve(ReadyFile.NAME);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException takenByThisProcess) {
            return null;
        }
    }
}
