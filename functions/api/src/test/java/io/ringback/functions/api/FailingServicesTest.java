package io.ringback.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.DeadLetterId;
import io.ringback.aws.RandomIds;
import io.ringback.core.call.CallIds;
import io.ringback.core.call.Identifier;
import io.ringback.core.decision.Target;
import io.ringback.core.port.StreamRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function as a deployment makes it, while no service answers. */
class FailingServicesTest {
    private static final Path SAMPLES = Path.of("..", "..", "events");
    private static final String REQUEST_ID = "JKJaXmPLvHcESHA=";

    /** They need nothing. */
    private static final Set<String> SELF_SUFFICIENT = Set.of("health", "get-open-api", "no-such-operation");

    @TempDir
    Path folder;

    static Stream<String> operations() throws IOException {
        return Samples.operations().stream().filter(operation -> !SELF_SUFFICIENT.contains(operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theCallerIsToldToTryAgainAndTheLogSaysWhy(String operation) throws Exception {
        Events events = events();
        RequestStreamHandler function = DeploymentTest.without(operation);

        try (CapturedLog log = new CapturedLog()) {
            Reply reply = firstFailure(function, events, operation);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("503");
            assertThat(reply.headers()).containsEntry("retry-after", "1").containsEntry("x-request-id", REQUEST_ID);
            assertThat(reply.message()).contains("under request id " + REQUEST_ID);
            assertThat(reply.text())
                    .doesNotContain("Exception")
                    .doesNotContain("\\tat")
                    .doesNotContain("127.0.0.1");
            assertThat(log.text())
                    .contains("requestId=" + REQUEST_ID)
                    .contains("SdkClientException")
                    .contains("\n\tat io.ringback.")
                    .doesNotContain(ApiBench.KEY)
                    .doesNotContainPattern("\\+[0-9]{7,}");
        }
    }

    /** The answer to the first of the operation's samples that comes so far as to need a service. */
    private static Reply firstFailure(RequestStreamHandler function, Events events, String operation)
            throws IOException {
        for (String sample : samples(operation)) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            function.handleRequest(
                    new ByteArrayInputStream(
                            events.read(operation + "/" + sample).getBytes(UTF_8)),
                    answer,
                    null);
            Reply reply = Reply.parse(answer.toByteArray());
            if (reply.status() >= 500) {
                return reply;
            }
        }
        throw new AssertionError("no sample of " + operation + " needs a service");
    }

    private static List<String> samples(String operation) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(operation))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    /** The samples with ids of the right shape, and with a caller who rings just now. */
    private Events events() {
        ApiBench bench = ApiBench.inMemory(folder);
        Scene.RECORDED.set(bench);
        Events events = bench.events;
        String call = new RandomIds().newServerCallId();
        assertThat(CallIds.serverCall(call)).isPresent();
        events.set(
                Events.CONTEXT,
                bench.context(call, "subscription", Instant.now().plusSeconds(60)));
        events.set(Events.SUBSCRIPTION, new RandomIds().newId());
        StreamRef stream = new StreamRef(call, Target.ofCallback(URI.create("https://app.example.com/events")));
        events.set(Events.DEAD_LETTER, new DeadLetterId(stream, 1, 1).text());
        events.set(Events.IDENTITY, Identifier.ofUser("ada-c0ffee").rawId());
        return events;
    }
}
