package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log of the API must not tell, over every sample invocation. */
class LogsTest {
    private static final Path SAMPLES = Path.of("..", "..", "events");

    /** A phone number, however it is written; the key that a sample shows; what stands behind a question mark. */
    private static final Pattern SECRETS =
            Pattern.compile("(?:\\+|%2B)[0-9]{7,15}|(?<=Bearer )[A-Za-z0-9+/=]{8,}|(?<=events\\?)[a-z]+=[A-Za-z0-9]+");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "RECORDED", "OFFERED", "ENDED"})
    void noNumberKeyOrQueryIsLogged(Scene scene) throws IOException {
        ApiBench bench = ApiBench.inMemory(folder);
        scene.set(bench);
        int seen = 0;
        for (String sample : samples()) {
            List<String> secrets = SECRETS.matcher(bench.events.read(sample))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            int before = bench.log.size();

            bench.invoke(sample);

            String logged = String.join("\n", bench.log.subList(before, bench.log.size()));
            assertThat(logged).as(sample).contains("operation=");
            secrets.forEach(secret -> assertThat(logged).as(sample).doesNotContain(secret));
            seen += secrets.size();
        }
        assertThat(seen).isGreaterThan(100);
    }

    private static List<String> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES, 2)) {
            List<String> operations = Samples.operations();
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> SAMPLES.relativize(file).toString().replace(".json", ""))
                    .filter(sample -> operations.contains(sample.substring(0, sample.indexOf('/'))))
                    .sorted()
                    .toList();
        }
    }
}
