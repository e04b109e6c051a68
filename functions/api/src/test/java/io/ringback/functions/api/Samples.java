package io.ringback.functions.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which operations of the API have sample invocations. */
final class Samples {
    private static final Path FOLDER = Path.of("..", "..", "events");

    private Samples() {}

    static List<String> operations() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve("no-key.json"))
                            || folder.getFileName().toString().equals("health"))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
