package io.ringback.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file with a line for each permission that functions made use of; several stacks may add to it. */
public final class UsedPermissions implements Consumer<Access> {
    private final Path file;
    private final Set<Access> noted = ConcurrentHashMap.newKeySet();

    /** @param file appended to, made when absent */
    public UsedPermissions(Path file) {
        this.file = file;
    }

    @Override
    public void accept(Access access) {
        if (noted.add(access)) {
            String line = access.function() + " " + access.action() + " " + access.resource() + "\n";
            try {
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the file holds. */
    public static Set<Access> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split(" ", 3))
                    .map(parts -> new Access(parts[0], parts[1], parts[2]))
                    .collect(Collectors.toSet());
        }
    }
}
