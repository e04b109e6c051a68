package io.ringback.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.demo.ApiClient;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import io.ringback.local.template.DeploymentTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** {@code ringback invoke} with the sample events, on a stack that runs. */
class InvokeIT {
    /** Each sample has its own, and nobody ends them. */
    private static final int CALLS = 100;

    @TempDir
    static Path data;

    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        stack = LocalStack.start(TestStacks.options(data, CALLS));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    @Execution(CONCURRENT)
    void printsWhatTheGatewayWouldGetAndTheCallExists() throws Exception {
        JsonNode answer = invoke("CreateCallFunction", "create-call/ok.json", 0);

        assertThat(answer.path("statusCode").asInt()).isEqualTo(201);
        String connection = new ObjectMapper()
                .readTree(answer.path("body").asText())
                .path("callConnectionId")
                .asText();
        assertThat(new ApiClient(stack.ready())
                        .get("/calling/callConnections/" + connection, 200)
                        .path("callConnectionId")
                        .asText())
                .isEqualTo(connection);
    }

    @ParameterizedTest
    @Execution(CONCURRENT)
    @MethodSource("operations")
    void everyGoodSampleSucceedsOnARealCall(String folder) throws Exception {
        JsonNode answer = invoke(functionOf(folder), folder + "/ok.json", 0);

        assertThat(answer.path("statusCode").asInt()).isBetween(200, 302);
    }

    @ParameterizedTest
    @Execution(CONCURRENT)
    @MethodSource("operations")
    void noSampleWithAWrongKeyDoes(String folder) throws Exception {
        if (Files.exists(events().resolve(folder).resolve("wrong-key.json"))) {
            assertThat(invoke(functionOf(folder), folder + "/wrong-key.json", 0)
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(401);
        } else {
            assertThat(folder).isIn("health", "get-open-api");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void anUnknownFunctionFails() throws Exception {
        assertThat(invoke("NoFunction", "create-call/ok.json", 1)
                        .path("Message")
                        .asText())
                .contains("NoFunction");
    }

    static Stream<String> operations() throws IOException {
        List<String> folders;
        try (Stream<Path> all = Files.list(events())) {
            folders = all.filter(folder -> Files.exists(folder.resolve("ok.json")))
                    .filter(InvokeIT::isHttp)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        return folders.stream();
    }

    private static boolean isHttp(Path folder) {
        try {
            return Files.readString(folder.resolve("ok.json")).contains("\"routeKey\"");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode invoke(String function, String event, int status) throws IOException {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new InvokeCommand())
                .setOut(new PrintWriter(out))
                .execute(function, "-e", events().resolve(event).toString(), "--data-dir", data.toString());
        assertThat(exit).as(out.toString()).isEqualTo(status);
        return new ObjectMapper().readTree(out.toString());
    }

    private static Path events() {
        return DeploymentTemplate.home().resolve("events");
    }

    private static String functionOf(String folder) {
        return Stream.of(folder.split("-", -1))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining())
                + "Function";
    }
}
