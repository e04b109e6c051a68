package io.ringback.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.local.phones.CallTrace;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: API, functions, table, queues, gateway, phone, and back. Nothing but pokes wakes anybody. */
class EndToEndIT {
    @TempDir
    static Path data;

    private static LocalStack stack;

    private CallbackReceiver receiver;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        stack = LocalStack.start(TestStacks.options(data));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = CallbackReceiver.start();
    }

    @AfterEach
    void stopListening() {
        receiver.close();
    }

    @Test
    void aReminderCallIsHeardAnsweredAndRecorded() throws Exception {
        List<String> steps = new ArrayList<>();

        CallScript.Outcome outcome =
                new CallScript(new ApiClient(stack.ready()), receiver, steps::add).run("+15555550101", "tone1");
        new RecordingCheck(steps::add).check(outcome, lastCall());

        assertThat(steps).hasSizeGreaterThan(8);
        assertThat(outcome.terminated().path("resultInfo").path("reason").asText())
                .isEqualTo("hungUpByApplication");
        assertThat(outcome.fileEvent().path("channels").asInt()).isEqualTo(1);
        assertThat(outcome.fileEvent().path("pauses")).hasSize(1);
        assertThat(outcome.fileEvent().path("sizeBytes").asLong())
                .isEqualTo(outcome.wav().file().length);
        assertThat(receiver.events().stream().map(ReceivedEvent::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, receiver.events().size())
                                .boxed()
                                .toList());
        assertThat(receiver.events().stream().map(EndToEndIT::nameOf))
                .containsExactly(
                        "establishing",
                        "established",
                        "recording start",
                        "tone1",
                        "play completed",
                        "recording pause",
                        "play completed",
                        "recording resume",
                        "play completed",
                        "terminating",
                        "recording stop",
                        "terminated",
                        "file available");
        assertThat(receiver.events()).allSatisfy(event -> {
            assertThat(event.path()).isEqualTo("/events?for=reminder");
            assertThat(event.cloudEvent().path("specversion").asText()).isEqualTo("1.0");
        });
        assertThat(stack.phones().invitesByLeg().values()).allMatch(invites -> invites == 1);
    }

    @Test
    void anotherKeyThanExpectedFails() throws Exception {
        CallScript script = new CallScript(new ApiClient(stack.ready()), receiver, step -> {});

        assertThatThrownBy(() -> script.run("+15555550102", "tone1"))
                .isInstanceOf(Expected.class)
                .hasMessage("expected: the phone presses tone1; found: tone2");
    }

    @Test
    void eventsOneSecondApartAreBothDeliveredWithinTwoSeconds() throws Exception {
        ApiClient api = new ApiClient(stack.ready());
        CallScript script = new CallScript(api, receiver, step -> {});
        String recording = script.recordedCall("+15555550100");

        for (String operation : List.of("pause", "resume", "pause", "resume")) {
            long before = System.nanoTime();
            api.post(recording + "/:" + operation, java.util.Map.of(), 200);
            int seen = receiver.events().size();
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> receiver.events().size() > seen || changes(operation));
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            System.nanoTime() - before > Duration.ofSeconds(1).toNanos());
        }
    }

    private boolean changes(String operation) {
        return receiver.events().stream().anyMatch(event -> nameOf(event).equals("recording " + operation));
    }

    private static CallTrace lastCall() {
        List<CallTrace> calls = stack.phones().calls();
        return calls.get(calls.size() - 1);
    }

    private static String nameOf(ReceivedEvent event) {
        return switch (event.type()) {
            case "CallConnectionStateChanged" ->
                event.data().path("callConnectionState").asText();
            case "DtmfReceived" -> event.data().path("toneInfo").path("tone").asText();
            case "PlayAudioResult" -> "play " + event.data().path("status").asText();
            case "CallRecordingStateChanged" ->
                "recording " + event.data().path("operation").asText();
            case "RecordingFileStatusUpdated" ->
                "file " + event.data().path("status").asText();
            default -> event.type();
        };
    }
}
