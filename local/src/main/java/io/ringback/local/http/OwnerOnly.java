package io.ringback.local.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps secrets from other users of the machine, where its file system knows about users. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Makes a folder, unless it is there, into which its owner alone can look. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            permit(folder, "rwx------");
        }
    }

    /** Makes an existing file readable and writable for its owner alone. */
    public static void protect(Path file) throws IOException {
        permit(file, "rw-------");
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
