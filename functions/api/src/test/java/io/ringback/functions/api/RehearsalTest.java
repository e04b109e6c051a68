package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.snapshot.Rehearsal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** Every function of which the template has a snapshot taken goes through its work before, and tells nobody. */
@Timeout(60)
class RehearsalTest {
    private static final String API = "io.ringback.functions.api.";

    private final MockWebServer world = new MockWebServer();
    private final List<Resource> told = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        world.start();
        Map<String, String> settings = Map.of(
                "RINGBACK_TABLE",
                "table",
                "RINGBACK_MEDIA_COMMANDS_QUEUE",
                world.url("/media-commands.fifo").toString(),
                "RINGBACK_CALLBACKS_QUEUE",
                world.url("/callbacks.fifo").toString(),
                "RINGBACK_ACCESS_KEYS_SECRET",
                "{\"accessKeys\":[\"" + ApiBench.KEY + "\"]}",
                "RINGBACK_OUTBOUND",
                "public");
        TestSurroundings here = new TestSurroundings(
                settings, world.url("/").uri(), world.url("/").uri());
        TestSurroundings.Provider.provide(function -> new Snapshotted(here, told));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    static Stream<String> functions() throws IOException {
        return TemplateSettings.ofSnapshots().stream().filter(handler -> handler.startsWith(API));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void itIsRehearsedFromTheRequestToTheStoreAndTheQueue(String handler) throws Exception {
        assertThat(Class.forName(handler).getConstructor().newInstance()).isInstanceOf(RequestStreamHandler.class);

        assertThat(told).hasSize(1);
        Rehearsal rehearsal = (Rehearsal) told.get(0);
        assertThat(rehearsal.performed()).as("before there is a snapshot").isEmpty();
        rehearsal.beforeCheckpoint(Core.getGlobalContext());
        assertThat(rehearsal.performed()).contains("TransactWriteItems", "SendMessageBatch");
        assertThat(rehearsal.performed().get(rehearsal.performed().size() - 1))
                .as("the request found its way to the call")
                .isEqualTo("GetItem");
        assertThat(world.getRequestCount()).isZero();
    }

    @Test
    void noOtherFunctionIs() throws ReflectiveOperationException {
        assertThat(Class.forName(API + "TerminateCallFunction").getConstructor().newInstance())
                .isInstanceOf(RequestStreamHandler.class);

        assertThat(told).isEmpty();
    }

    /** Of these a snapshot will be taken. */
    private record Snapshotted(Surroundings here, List<Resource> told) implements Surroundings {
        @Override
        public String setting(String name) {
            return here.setting(name);
        }

        @Override
        public Optional<String> optionalSetting(String name) {
            return here.optionalSetting(name);
        }

        @Override
        public String secret(String settingName) {
            return here.secret(settingName);
        }

        @Override
        public void configure(AwsClientBuilder<?, ?> builder) {
            here.configure(builder);
        }

        @Override
        public void onSnapshot(Resource resource) {
            told.add(resource);
        }
    }
}
