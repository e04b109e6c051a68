package io.ringback.functions.api;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    static Set<String> in(Class<? extends Annotation> table) {
        return scenes(table).keySet();
    }

    /** The same with the scene of each; that of its last row. */
    static Map<String, Scene> scenes(Class<? extends Annotation> table) {
        CsvSource rows = Objects.requireNonNull(table.getAnnotation(CsvSource.class));
        Map<String, Scene> scenes = new LinkedHashMap<>();
        rows.textBlock().lines().forEach(row -> {
            String[] cells = row.split(" *\\| *", -1);
            scenes.put(cells[0], Scene.valueOf(cells[1]));
        });
        return scenes;
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
