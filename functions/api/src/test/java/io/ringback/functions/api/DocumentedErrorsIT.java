package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.openapi.ApiDocument.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs after the unit tests and reads their record: each operation was refused with every error that the OpenAPI
 * document names for it, and with no other.
 */
class DocumentedErrorsIT {
    /** They can meet every request; the page that lists the operations says so once. */
    private static final Set<String> COMMON = Set.of("401", "413", "415", "500", "503");

    @Test
    void everyDocumentedErrorWasSeenAndNoOther() throws IOException {
        List<String> lines = Files.readAllLines(Documented.ANSWERS);
        Map<String, Set<String>> seen = lines.stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == 4 && !COMMON.contains(parts[3]))
                .collect(Collectors.groupingBy(
                        parts -> parts[0] + " " + parts[1],
                        Collectors.mapping(parts -> parts[3], Collectors.toCollection(TreeSet::new))));

        assertThat(Documented.DOCUMENT.operations())
                .allSatisfy((Operation operation) -> assertThat(
                                seen.getOrDefault(operation.method() + " " + operation.path(), Set.of()))
                        .as(operation.id())
                        .containsExactlyInAnyOrderElementsOf(operation.list("x-errors")));
        // The next run starts with a clean record.
        Files.delete(Documented.ANSWERS);
    }
}
