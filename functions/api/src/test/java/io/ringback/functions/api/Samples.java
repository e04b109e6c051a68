package io.ringback.functions.api;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operations of the API have sample invocations. */
final class Samples {
    private static final Path FOLDER = Path.of("..", "..", "events");

    /** Those that need no access key. */
    static final Set<String> OPEN = Set.of("health", "get-open-api");

    private Samples() {}

    /** Those in the rows of a table, each once, in its order. */
    static List<String> in(Class<? extends Annotation> table) {
        CsvSource rows = Objects.requireNonNull(table.getAnnotation(CsvSource.class));
        return rows.textBlock()
                .lines()
                .map(row -> row.split("[ |]", 2)[0])
                .distinct()
                .toList();
    }

    static List<String> operations() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve("no-key.json"))
                            || OPEN.contains(folder.getFileName().toString()))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
