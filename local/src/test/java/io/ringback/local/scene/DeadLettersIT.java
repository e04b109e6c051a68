package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.scene.GoneReceiver.Delivery;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver would not take is listed, and sent again when it is wanted; through the whole stack. */
class DeadLettersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void whatWasRefusedComesLateWithItsNumberAndItsId() throws Exception {
        try (LocalStack stack = LocalStack.start(TestStacks.options(folder.resolve("data")));
                GoneReceiver receiver = GoneReceiver.start()) {
            DocumentedClient api =
                    new DocumentedClient(stack.ready().http(), stack.ready().accessKey());

            receiver.refuse(1);
            String call = place(api, receiver);
            taken(receiver, 1);
            assertThat(receiver.taken().get(0).state()).as("the stream goes on").isEqualTo("established");
            JsonNode letter = letters(api, 1).get(0);
            Delivery refused = receiver.refused().get(0);
            assertThat(letter.path("serverCallId").asText()).isEqualTo(call);
            assertThat(letter.path("eventId").asText()).isEqualTo(refused.webhookId());
            assertThat(letter.path("callbackUri").asText()).endsWith("/application");
            assertThat(letter.at("/attempts/0/status").asInt()).isEqualTo(410);
            assertThat(letter.path("body").toString()).isEqualTo(refused.body());

            api.twice(
                    "RedriveDeadLetter",
                    Map.of("deadLetterId", letter.path("deadLetterId").asText()));
            taken(receiver, 2);
            assertThat(receiver.taken().get(1))
                    .as("the same id and the same bytes")
                    .isEqualTo(refused);
            letters(api, 0);
            assertThat(outcomes(api, call, refused.webhookId())).containsExactly("dead", "delivered");

            receiver.refuse(4);
            place(api, receiver);
            letters(api, 2);
            place(api, receiver);
            letters(api, 4);
            List<Delivery> lost = receiver.refused().subList(1, 5);
            assertThat(api.twice("RedriveAllDeadLetters", Map.of())
                            .path("redriven")
                            .asInt())
                    .isEqualTo(4);
            taken(receiver, 6);
            assertThat(receiver.taken().subList(2, 6)).containsExactlyInAnyOrderElementsOf(lost);
            letters(api, 0);
        }
    }

    /** Places a call to a phone that answers; its id. */
    private static String place(DocumentedClient api, GoneReceiver receiver) throws IOException, InterruptedException {
        return api.call(
                        "CreateCall",
                        Map.of(),
                        Map.of(
                                "targets", List.of(number("+15555550100")),
                                "source", number("+15555550199"),
                                "callbackUri", receiver.uri().toString()))
                .path("serverCallId")
                .asText();
    }

    private static void taken(GoneReceiver receiver, int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.taken().size() == count);
    }

    /** Waits until there are so many dead letters. */
    private static List<JsonNode> letters(DocumentedClient api, int count) throws IOException, InterruptedException {
        Awaitility.await().atMost(PATIENCE).until(() -> letters(api).size() == count);
        return letters(api);
    }

    private static List<JsonNode> letters(DocumentedClient api) throws IOException, InterruptedException {
        List<JsonNode> letters = new ArrayList<>();
        api.call("ListDeadLetters", Map.of()).path("deadLetters").forEach(letters::add);
        return letters;
    }

    /** What the timeline tells of the attempts at an event. */
    private static List<String> outcomes(DocumentedClient api, String call, String eventId)
            throws IOException, InterruptedException {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode entry :
                api.call("GetTimeline", Map.of("serverCallId", call)).path("entries")) {
            if (entry.path("id").asText().equals(eventId)) {
                entry.path("attempts")
                        .forEach(attempt -> outcomes.add(attempt.path("outcome").asText()));
            }
        }
        return outcomes;
    }

    private static Map<String, ?> number(String e164) {
        return Map.of("phoneNumber", Map.of("value", e164));
    }
}
