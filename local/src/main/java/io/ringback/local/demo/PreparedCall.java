package io.ringback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts the ids of a real call into a sample event that names them by placeholders. */
public final class PreparedCall {
    private static final String CONNECTION = "CALL_CONNECTION_ID";
    private static final String SERVER_CALL = "SERVER_CALL_ID";
    private static final String RECORDING = "RECORDING_ID";

    /** Answers and stays until it is hung up. */
    private static final String PHONE = "+15555550100";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PreparedCall() {}

    /** The event with ids in it; without placeholders no call is placed. */
    public static String fill(String event, ApiClient api) throws IOException, InterruptedException {
        if (!event.contains(CONNECTION) && !event.contains(SERVER_CALL) && !event.contains(RECORDING)) {
            return event;
        }
        String callbacks = "http://127.0.0.1:9/nobody-listens";
        JsonNode call = api.post(
                "/calling/callConnections",
                Map.of(
                        "targets", List.of(Map.of("phoneNumber", Map.of("value", PHONE))),
                        "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                        "callbackUri", callbacks),
                201);
        String connection = call.path("callConnectionId").asText();
        String serverCall = call.path("serverCallId").asText();
        awaitEstablished(connection, api);
        String recording = event.contains(RECORDING)
                ? api.post(
                                "/calling/serverCalls/" + serverCall + "/recordings",
                                Map.of("recordingStateCallbackUri", callbacks),
                                200)
                        .path("recordingId")
                        .asText()
                : "";
        return event.replace(CONNECTION, connection)
                .replace(SERVER_CALL, serverCall)
                .replace(RECORDING, recording);
    }

    private static void awaitEstablished(String connection, ApiClient api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String state = "";
        while (!state.equals("established")) {
            Expected.that(System.nanoTime() < deadline, () -> PHONE + " answers", () -> "it does not");
            TimeUnit.MILLISECONDS.sleep(100);
            state = api.get("/calling/callConnections/" + connection, 200)
                    .path("callConnectionState")
                    .asText();
        }
    }
}
