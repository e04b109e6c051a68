package io.ringback.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.openapi.ApiDocument;
import io.ringback.testkit.openapi.ApiDocument.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of all operations in {@code docs/api.md} is made from the routes of {@code template.yaml} and the OpenAPI
 * document. With {@code -Dringback.docs.write=true} it is written instead of compared.
 */
class ApiTableTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final String BEGIN = "<!-- operations: begin -->\n";
    private static final String END = "<!-- operations: end -->";

    private final ApiDocument document = ApiDocument.yaml(Path.of("..", "docs", "openapi.yaml"));
    private final Map<String, String> functionsByRoute =
            Template.read(DeploymentTemplate.file(), Map.of(), DeploymentTemplate.NAMES).functions().stream()
                    .flatMap(function -> function.routes().stream()
                            .filter(route -> !route.isDefault())
                            .map(route -> Map.entry(route.routeKey(), function.logicalId())))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    ApiTableTest() throws IOException {}

    @Test
    void theDocumentHasEveryRouteAndNoOther() {
        assertThat(document.operations())
                .extracting(operation -> operation.method() + " " + operation.path())
                .containsExactlyInAnyOrderElementsOf(functionsByRoute.keySet());
    }

    @Test
    void everyOperationIsNamedAsItsFunction() {
        assertThat(document.operations())
                .allSatisfy(operation -> assertThat(function(operation))
                        .isEqualTo(operation.id().replace("OutOfCall", "") + "Function"));
    }

    @Test
    void theTableIsWhatTheRoutesAndTheDocumentSay() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("ringback.docs.write")) {
            page = page.substring(0, begin) + table() + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }

        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    private String table() {
        return "| operation | route | function | events | errors |\n|---|---|---|---|---|\n"
                + document.operations().stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Operation operation) {
        return "| " + operation.id() + " | `" + operation.method() + " " + operation.path() + "` | "
                + function(operation) + " | " + list(operation, "x-events") + " | " + list(operation, "x-errors")
                + " |\n";
    }

    private String function(Operation operation) {
        return functionsByRoute.getOrDefault(operation.method() + " " + operation.path(), "none");
    }

    private static String list(Operation operation, String name) {
        List<String> values = operation.list(name);
        return String.join(", ", values);
    }
}
