package io.ringback.local.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps secrets from other users of the machine, where its file system knows about users. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Makes an existing file readable and writable for its owner alone. */
    public static void protect(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
