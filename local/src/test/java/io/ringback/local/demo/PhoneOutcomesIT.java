package io.ringback.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What each simulated phone does to a call, as the customer learns it. All calls of a test run at once. */
class PhoneOutcomesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static LocalStack stack;
    private static CallbackReceiver receiver;
    private static ApiClient api;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        stack = LocalStack.start(TestStacks.options(data));
        receiver = TestStacks.receiver();
        api = new ApiClient(stack.ready());
    }

    @AfterAll
    static void stop() {
        receiver.close();
        stack.close();
    }

    @Test
    @Execution(CONCURRENT)
    void phonesThatEndACallThemselves() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("03", "hungUpByParticipant 0");
        expected.put("10", "busy 486");
        expected.put("11", "noAnswer 487");
        expected.put("12", "declined 603");
        expected.put("13", "unreachable 480");
        expected.put("14", "notFound 404");
        expected.put("23", "mediaLost 0");

        Map<String, String> connections = new LinkedHashMap<>();
        for (String phone : expected.keySet()) {
            connections.put(phone, dial(phone));
        }

        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String phone : expected.keySet()) {
            JsonNode reason = terminated(connections.getOrDefault(phone, "")).path("resultInfo");
            int status = reason.path("sipStatus").asInt();
            outcomes.put(phone, reason.path("reason").asText() + " " + (status >= 300 ? status : 0));
        }
        assertThat(outcomes).isEqualTo(expected);
    }

    @Test
    @Execution(CONCURRENT)
    void phonesThatAnswerAndPress() throws Exception {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        expected.put("00", List.of());
        expected.put("01", List.of("tone1"));
        expected.put("02", List.of("tone2"));
        expected.put("04", List.of("tone1", "tone2", "tone3", "tone4", "pound"));
        expected.put("05", List.of("tone1"));
        expected.put("06", List.of());
        expected.put("07", List.of());
        expected.put("22", List.of());

        Map<String, String> connections = new LinkedHashMap<>();
        for (String phone : expected.keySet()) {
            connections.put(phone, dial(phone));
        }
        for (String connection : connections.values()) {
            state(connection, "established");
            api.post(call(connection) + "/:playAudio", Map.of("text", "Please press a key now."), 202);
        }
        Map<String, List<String>> pressed = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> phone : expected.entrySet()) {
            String connection = connections.getOrDefault(phone.getKey(), "");
            for (String tone : phone.getValue()) {
                receiver.await(
                        "DtmfReceived",
                        data -> isFrom(data, connection) && tone(data).equals(tone),
                        tone,
                        PATIENCE);
            }
            api.post(call(connection) + "/:terminate", Map.of(), 202);
            JsonNode reason = terminated(connection).path("resultInfo");
            assertThat(reason.path("reason").asText()).isEqualTo("hungUpByApplication");
            pressed.put(phone.getKey(), tones(connection));
        }
        assertThat(pressed).isEqualTo(expected);
    }

    @Test
    @Execution(CONCURRENT)
    void aNumberThatNoPhoneHasIsUnreachable() throws Exception {
        JsonNode created = api.post("/calling/callConnections", request("+4930123456"), 201);

        assertThat(terminated(created.path("callConnectionId").asText())
                        .path("resultInfo")
                        .path("reason")
                        .asText())
                .isEqualTo("unreachable");
    }

    private static String dial(String phone) throws IOException, InterruptedException {
        return api.post("/calling/callConnections", request("+155555501" + phone), 201)
                .path("callConnectionId")
                .asText();
    }

    private static Map<String, Object> request(String number) {
        return Map.of(
                "targets", List.of(Map.of("phoneNumber", Map.of("value", number))),
                "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                "callbackUri", receiver.uri("/events").toString(),
                "requestedCallEvents", List.of("dtmfReceived"),
                "ringTimeoutInSeconds", 8);
    }

    private static JsonNode terminated(String connection) throws InterruptedException {
        return state(connection, "terminated");
    }

    private static JsonNode state(String connection, String state) throws InterruptedException {
        return receiver.await(
                        "CallConnectionStateChanged",
                        data -> isFrom(data, connection)
                                && state.equals(data.path("callConnectionState").asText()),
                        state,
                        PATIENCE)
                .data();
    }

    private static List<String> tones(String connection) {
        return receiver.events().stream()
                .filter(event -> event.type().equals("DtmfReceived") && isFrom(event.data(), connection))
                .map(event -> tone(event.data()))
                .toList();
    }

    private static boolean isFrom(JsonNode data, String connection) {
        return connection.equals(data.path("callConnectionId").asText());
    }

    private static String tone(JsonNode data) {
        return data.path("toneInfo").path("tone").asText();
    }

    private static String call(String connection) {
        return "/calling/callConnections/" + connection;
    }
}
