package io.ringback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts the ids of a real call, dead letter, subscription and user into a sample event that names them by placeholders. */
public final class PreparedCall {
    private static final String CONNECTION = "CALL_CONNECTION_ID";
    private static final String SERVER_CALL = "SERVER_CALL_ID";
    private static final String PARTICIPANT = "PARTICIPANT_ID";
    private static final String RECORDING = "RECORDING_ID";
    private static final String CONTENT = RECORDING + "/content";
    private static final String SUBSCRIPTION = "SUBSCRIPTION_ID";
    private static final String IDENTITY = "IDENTITY_ID";
    private static final String DEAD_LETTER = "DEAD_LETTER_ID";

    /** Answers and stays until it is hung up. */
    private static final String PHONE = "+15555550100";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PreparedCall() {}

    /** The event with ids in it; what it has no placeholder for is not made. */
    public static String fill(String event, ApiClient api) throws IOException, InterruptedException {
        return fillCall(fillDeadLetter(fillDirectory(event, api), api), api);
    }

    private static String fillDeadLetter(String event, ApiClient api) throws IOException, InterruptedException {
        return event.contains(DEAD_LETTER) ? event.replace(DEAD_LETTER, deadLetter(api)) : event;
    }

    private static String fillDirectory(String event, ApiClient api) throws IOException, InterruptedException {
        String filled = event;
        if (event.contains(SUBSCRIPTION)) {
            JsonNode subscription = api.post(
                    "/eventSubscriptions",
                    Map.of("endpoint", "http://127.0.0.1:9/nobody-listens", "to", List.of("+15555550198")),
                    201);
            filled = filled.replace(
                    SUBSCRIPTION, subscription.path("subscriptionId").asText());
        }
        if (event.contains(IDENTITY)) {
            JsonNode user = api.post("/identities", Map.of(), 201);
            filled = filled.replace(
                    IDENTITY, user.path("identifier").path("rawId").asText());
        }
        return filled;
    }

    private static String fillCall(String event, ApiClient api) throws IOException, InterruptedException {
        if (Stream.of(CONNECTION, SERVER_CALL, PARTICIPANT, RECORDING).noneMatch(event::contains)) {
            return event;
        }
        String callbacks = "http://127.0.0.1:9/nobody-listens";
        JsonNode call = call(callbacks, api);
        String connection = call.path("callConnectionId").asText();
        String serverCall = call.path("serverCallId").asText();
        await("/calling/callConnections/" + connection, "callConnectionState", "established", api);
        String recording = event.contains(RECORDING) ? record(event, serverCall, callbacks, api) : "";
        String participant = event.contains(PARTICIPANT) ? participant(event, connection, api) : "";
        return event.replace(CONNECTION, connection)
                .replace(SERVER_CALL, serverCall)
                .replace(PARTICIPANT, participant)
                .replace(RECORDING, recording);
    }

    private static JsonNode call(String callbacks, ApiClient api) throws IOException, InterruptedException {
        return api.post(
                "/calling/callConnections",
                Map.of(
                        "targets", List.of(Map.of("phoneNumber", Map.of("value", PHONE))),
                        "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                        "callbackUri", callbacks,
                        "requestedCallEvents", List.of("participantsUpdated")),
                201);
    }

    /** The API itself refuses callbacks for good: it has no such path. */
    private static String deadLetter(ApiClient api) throws IOException, InterruptedException {
        String serverCall = call(api.plainAddress() + "/no-callbacks-here", api)
                .path("serverCallId")
                .asText();
        String letters = "/callbacks/deadLetters?serverCallId=" + serverCall;
        await(letters, page -> page.path("deadLetters").has(0), "there is a dead letter", api);
        return api.get(letters, 200)
                .path("deadLetters")
                .path(0)
                .path("deadLetterId")
                .asText();
    }

    /** The party of the call; one that is to be heard again is muted first, one to be taken off hold is held. */
    private static String participant(String event, String connection, ApiClient api)
            throws IOException, InterruptedException {
        String participants = "/calling/callConnections/" + connection + "/participants";
        String participant =
                api.get(participants, 200).path(0).path("participantId").asText();
        for (String done : List.of("mute", "hold")) {
            if (event.contains(":un" + done)) {
                JsonNode unused = api.post(participants + "/" + participant + "/:" + done, Map.of(), 200);
            }
        }
        return participant;
    }

    /** Starts a recording; one whose content is wanted is stopped and finished. */
    private static String record(String event, String serverCall, String callbacks, ApiClient api)
            throws IOException, InterruptedException {
        String recordings = "/calling/serverCalls/" + serverCall + "/recordings";
        String recording = api.post(recordings, Map.of("recordingStateCallbackUri", callbacks), 200)
                .path("recordingId")
                .asText();
        if (event.contains(CONTENT)) {
            JsonNode unused = api.delete(recordings + "/" + recording, 200);
            await(recordings + "/" + recording, "recordingStatus", "available", api);
        }
        return recording;
    }

    private static void await(String path, String member, String wanted, ApiClient api)
            throws IOException, InterruptedException {
        await(path, answer -> answer.path(member).asText().equals(wanted), member + " becomes " + wanted, api);
    }

    private static void await(String path, Predicate<JsonNode> wanted, String expectation, ApiClient api)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode answer = api.get(path, 200);
        while (!wanted.test(answer)) {
            JsonNode last = answer;
            Expected.that(System.nanoTime() < deadline, () -> path + ": " + expectation, last::toString);
            TimeUnit.MILLISECONDS.sleep(100);
            answer = api.get(path, 200);
        }
    }
}
