package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation at every route alike: keys, ids that name nothing, bodies that are none. */
class EveryOperationTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    static Stream<String> operationsWithKey() throws IOException {
        return Samples.operations().stream().filter(operation -> !Samples.OPEN.contains(operation));
    }

    /** Each sample whose path has parameters, with each of these. */
    static Stream<Arguments> idsInPaths() {
        return Samples.in(EachOperation.class).stream()
                .flatMap(sample ->
                        sample(sample).pathParameters().stream().map(parameter -> Arguments.of(sample, parameter)));
    }

    static Stream<String> samplesWithBody() {
        return Samples.in(EachOperation.class).stream()
                .filter(sample -> !sample(sample).body().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void withoutAKeyNothingIsServed(String operation) {
        Reply reply = bench.invoke(operation + "/no-key");

        assertRefused(reply, 401, "401", "Authorization", "is missing", "HMAC-SHA256", "Bearer");
        assertThat(reply.headers()).containsEntry("www-authenticate", "HMAC-SHA256");
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void withAWrongKeyNothingIsServed(String operation) {
        assertRefused(bench.invoke(operation + "/wrong-key"), 401, "401", "Authorization", "not a live access key");
    }

    @ParameterizedTest
    @MethodSource("idsInPaths")
    void whatIsNotThereIsNotFound(String sample, String parameter) {
        // Well-formed, and as long as it is no call's id, the call it leads to is there.
        assertNotFound(sample, parameter, id -> id.substring(0, id.length() - 4) + "-_-_");
    }

    @ParameterizedTest
    @MethodSource("idsInPaths")
    void anIdOfAnotherCallIsNotFound(String sample, String parameter) {
        assertNotFound(sample, parameter, id -> "unknown0" + id.substring(8));
    }

    @ParameterizedTest
    @MethodSource("idsInPaths")
    void anIdOfAnotherShapeIsNotFound(String sample, String parameter) {
        assertNotFound(sample, parameter, id -> "../CALL#x");
    }

    @ParameterizedTest
    @MethodSource("samplesWithBody")
    void aBodyThatIsNoObjectIsRefused(String sample) {
        Scene.RECORDED.set(bench);
        int commits = bench.calls.commits().size();
        for (String body : List.of("[]", "\"text\"", "null", "{\"a\": ", "a=b")) {
            Reply reply = bench.invokeWith(
                    sample, bench.events.sample(sample).withBody(body).text());

            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("8523");
            assertThat(reply.message()).startsWith("the body is ");
        }
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    private void assertNotFound(String sample, String parameter, UnaryOperator<String> other) {
        Scene.RECORDED.set(bench);
        int commits = bench.calls.commits().size();
        SampleEvent event = bench.events.sample(sample).withPathParameter(parameter, other);
        // A recording is looked for in the call of its own id, so it is what is missing in any other.
        String missing = event.pathParameters().contains("recordingId") ? "recordingId" : parameter;

        Reply reply = bench.invokeWith(sample, event.text());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains(missing);
        assertThat(reply.message()).isEqualTo("there is no " + missing + " " + event.pathParameter(missing));
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    private void assertRefused(Reply reply, int status, String code, @Nullable String target, String... message) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target().orElse(null)).isEqualTo(target);
        assertThat(reply.message()).contains(List.of(message));
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(bench.calls.commits()).isEmpty();
        assertThat(bench.pokes.take()).isEmpty();
    }

    private static SampleEvent sample(String name) {
        return new Events(ApiBench.KEY).sample(name);
    }
}
