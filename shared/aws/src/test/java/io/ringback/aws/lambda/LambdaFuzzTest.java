package io.ringback.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.ringback.testkit.fuzz.Fuzz;
import io.ringback.testkit.fuzz.Mutator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Events of functions. What is none is an exception of the reader, and the invocation fails. */
@Isolated("it measures the heap")
class LambdaFuzzTest {
    private static final int INPUTS = 2000;
    private static final int LONGEST = 64 * 1024;

    @Test
    void everyEventIsReadOrRefused() throws IOException {
        Path events = Path.of("../../events");
        List<byte[]> corpus;
        try (Stream<Path> files = Files.walk(events, 2)) {
            corpus = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .limit(60)
                    .map(LambdaFuzzTest::bytes)
                    .toList();
        }
        Mutator mutator = new Mutator(
                corpus,
                List.of("{", "}", "[", "]", ":", ",", "\"", "null", "true", "\\ud800", "\"Records\":"),
                LONGEST);
        Fuzz.run("JSON of functions", INPUTS, mutator, input -> {
            int accepted = 0;
            for (Class<?> type : List.of(APIGatewayV2HTTPEvent.class, SQSEvent.class, ScheduledEvent.class)) {
                try {
                    LambdaJson.read(new ByteArrayInputStream(input), type);
                    accepted++;
                } catch (IOException refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
            return accepted > 0 ? "read" : "refused";
        });
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
