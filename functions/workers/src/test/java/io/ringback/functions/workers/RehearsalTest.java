package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.snapshot.Rehearsal;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions between a key press and a sound go through their work before a snapshot of them, and tell nobody. */
@Timeout(60)
class RehearsalTest {
    private final MockWebServer world = new MockWebServer();
    private TestSurroundings here;

    @BeforeEach
    void start() throws IOException {
        world.start();
        URI address = world.url("/").uri();
        here = new TestSurroundings(
                Map.of(
                        "RINGBACK_TABLE", "table",
                        "RINGBACK_MEDIA_COMMANDS_QUEUE", world.url("/a.fifo").toString(),
                        "RINGBACK_MEDIA_EVENTS_QUEUE", world.url("/b.fifo").toString(),
                        "RINGBACK_CALLBACKS_QUEUE", world.url("/c.fifo").toString(),
                        "RINGBACK_CONTROL_TOKEN_SECRET", "token",
                        "RINGBACK_ACCESS_KEYS_SECRET", "{\"accessKeys\":[\"a2V5\"]}",
                        "RINGBACK_PUBLIC_URL", "https://calls.example.com"),
                address,
                address);
        TestSurroundings.install(here);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("Query", (Supplier<RequestStreamHandler>) MediaWorkerFunction::new),
                Arguments.of("GetItem", (Supplier<RequestStreamHandler>) MediaEventsFunction::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void itIsRehearsedFromTheMessageToTheStoreTheQueueAndTheGateway(
            String lookUp, Supplier<RequestStreamHandler> function) throws Exception {
        assertThat(function.get()).isNotNull();

        List<Resource> told = here.toldOfSnapshots();
        assertThat(told).hasSize(1);
        Rehearsal rehearsal = (Rehearsal) told.get(0);
        rehearsal.beforeCheckpoint(Core.getGlobalContext());
        assertThat(rehearsal.performed()).contains("TransactWriteItems", "SendMessageBatch", "/health", lookUp);
        assertThat(world.getRequestCount()).isZero();
    }
}
