package io.ringback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A reminder call as a customer would make it: dial, record, speak, take a key press, pause the recording for something
 * confidential, say goodbye, hang up, fetch the recording. Every step waits for its event and says what it saw.
 */
public final class CallScript {
    static final String REMINDER =
            "Hello. This is a reminder of your appointment tomorrow at ten. Press one to confirm.";
    static final String CONFIDENTIAL = "Your confirmation number is four, seven, one, one, and nobody records it.";
    static final String GOODBYE = "Thank you and goodbye.";

    private static final String EVENTS = "/events?for=reminder";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SPEECH = Duration.ofSeconds(25);

    private final ApiClient api;
    private final CallbackReceiver receiver;
    private final Consumer<String> progress;

    /** @param progress hears of each step when it is done */
    public CallScript(ApiClient api, CallbackReceiver receiver, Consumer<String> progress) {
        this.api = api;
        this.receiver = receiver;
        this.progress = progress;
    }

    /**
     * What the call left behind.
     *
     * @param wav the recording
     * @param fileEvent data of the event that announced it
     * @param terminated data of the call's last event
     */
    public record Outcome(Wav wav, JsonNode fileEvent, JsonNode terminated) {}

    /**
     * Makes the call and waits until its recording is there.
     *
     * @param number of a phone that presses a key after the prompt
     * @param expectedTone the key that it is expected to press, e.g. {@code tone1}
     * @throws Expected when something else happens
     */
    public Outcome run(String number, String expectedTone) throws IOException, InterruptedException {
        String connection = dial(number);
        String call = "/calling/callConnections/" + connection;
        String recording = record(answered(connection));
        speak(call, REMINDER, "reminder");
        press(expectedTone);
        played("reminder");
        pause(recording);
        speak(call, CONFIDENTIAL, "confidential");
        played("confidential");
        resume(recording);
        speak(call, GOODBYE, "goodbye");
        played("goodbye");
        return hangUp(connection, recording);
    }

    /** Places a call, has it answered and recorded; gives the path of its recording. */
    String recordedCall(String number) throws IOException, InterruptedException {
        return record(answered(dial(number)));
    }

    private String dial(String number) throws IOException, InterruptedException {
        JsonNode created = api.post(
                "/calling/callConnections",
                Map.of(
                        "targets", List.of(Map.of("phoneNumber", Map.of("value", number))),
                        "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                        "callbackUri", callback(),
                        "requestedCallEvents", List.of("dtmfReceived")),
                201);
        String connection = created.path("callConnectionId").asText();
        progress.accept("calling " + number + " as " + connection);
        return connection;
    }

    private String answered(String connection) throws InterruptedException {
        JsonNode established = state(connection, "established").data();
        progress.accept("the phone answered");
        return "/calling/serverCalls/" + established.path("serverCallId").asText();
    }

    private String record(String serverCall) throws IOException, InterruptedException {
        JsonNode started = api.post(serverCall + "/recordings", Map.of("recordingStateCallbackUri", callback()), 200);
        recordingChange("start");
        progress.accept("recording");
        return serverCall + "/recordings/" + started.path("recordingId").asText();
    }

    private void speak(String call, String text, String context) throws IOException, InterruptedException {
        api.post(call + "/:playAudio", Map.of("text", text, "operationContext", context), 202);
        progress.accept("saying \"" + text + "\"");
    }

    private void press(String expectedTone) throws InterruptedException {
        JsonNode pressed =
                receiver.await("DtmfReceived", data -> true, "", SPEECH).data().path("toneInfo");
        String tone = pressed.path("tone").asText();
        Expected.that(tone.equals(expectedTone), () -> "the phone presses " + expectedTone, () -> tone);
        progress.accept("the phone pressed " + tone);
    }

    private void played(String context) throws InterruptedException {
        JsonNode result = receiver.await(
                        "PlayAudioResult",
                        data -> context.equals(data.path("operationContext").asText()),
                        "of " + context,
                        SPEECH)
                .data();
        Expected.that(
                "completed".equals(result.path("status").asText()), () -> context + " is played", result::toString);
    }

    private void pause(String recording) throws IOException, InterruptedException {
        api.post(recording + "/:pause", Map.of(), 200);
        recordingChange("pause");
        progress.accept("recording paused");
    }

    private void resume(String recording) throws IOException, InterruptedException {
        api.post(recording + "/:resume", Map.of(), 200);
        recordingChange("resume");
        progress.accept("recording resumed");
    }

    private Outcome hangUp(String connection, String recording) throws IOException, InterruptedException {
        api.post("/calling/callConnections/" + connection + "/:hangup", Map.of(), 202);
        JsonNode terminated = state(connection, "terminated").data();
        progress.accept(
                "call ended: " + terminated.path("resultInfo").path("reason").asText());
        JsonNode file = receiver.await("RecordingFileStatusUpdated", data -> true, "", SOON)
                .data();
        Expected.that(
                "available".equals(file.path("status").asText()), () -> "the recording is available", file::toString);
        Wav wav = Wav.parse(
                api.download(URI.create(file.path("contentUri").asText()).getPath(), 200));
        progress.accept("recording fetched: " + wav.durationMs() + " ms");
        JsonNode shown = api.get(recording, 200);
        Expected.that(
                "available".equals(shown.path("recordingStatus").asText()),
                () -> "GetRecording shows it as available",
                shown::toString);
        return new Outcome(wav, file, terminated);
    }

    private ReceivedEvent state(String connection, String state) throws InterruptedException {
        return receiver.await(
                "CallConnectionStateChanged",
                data -> connection.equals(data.path("callConnectionId").asText())
                        && state.equals(data.path("callConnectionState").asText()),
                state,
                SOON);
    }

    private void recordingChange(String operation) throws InterruptedException {
        receiver.await(
                "CallRecordingStateChanged",
                data -> operation.equals(data.path("operation").asText()),
                operation,
                SOON);
    }

    private String callback() {
        return receiver.uri(EVENTS).toString();
    }
}
