package io.ringback.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @ParameterizedTest
    @ValueSource(strings = {"docs/invariants.md", "docs/security.md"})
    void everyRuleIsHeldByATestThatExists(String document) throws IOException {
        List<String> rules = rows(Files.readString(ROOT.resolve(document)));
        assertThat(rules)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(lastCell(rule)).as(rule).containsPattern(TEST));
        Set<String> named = rules.stream()
                .flatMap(rule -> TEST.matcher(lastCell(rule)).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(testClasses()).containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/architecture.md",
                "docs/simulated-phones.md",
                "docs/operations.md",
                "docs/webhooks.md",
                "docs/security.md"
            })
    void everyLinkedFileExists(String document) throws IOException {
        Path file = ROOT.resolve(document);
        List<String> links = LINK.matcher(Files.readString(file))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
        assertThat(links)
                .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
    }

    /** The rows of the document's tables, without what stands above their lines. */
    private static List<String> rows(String document) {
        List<String> lines = document.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("| "))
                .filter(i -> i + 1 == lines.size() || !lines.get(i + 1).startsWith("|---"))
                .mapToObj(lines::get)
                .toList();
    }

    private static String lastCell(String row) {
        return row.substring(row.lastIndexOf('|', row.length() - 2));
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(Path::toString)
                    .filter(path -> path.contains("src/test/java") && path.endsWith(".java"))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
