package io.ringback.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.ApiClient;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.demo.ReceivedEvent;
import io.ringback.local.demo.Wav;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.phones.PhoneEvent;
import io.ringback.local.phones.PhoneNetwork;
import io.ringback.local.stack.ReadyFile;
import io.ringback.local.stack.StackOptions.PortRange;
import io.ringback.local.stack.TestStacks;
import io.ringback.local.template.DeploymentTemplate;
import io.ringback.testkit.network.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole stack is killed in mid-call and started again on its data folder: nothing is left ringing, nothing is lost,
 * nothing is told twice that is to be told once. Phone and customer live on in this process.
 */
@Isolated("it measures how soon a stack that was killed is back")
class RestartIT {
    /** No simulated phone of the stack itself, so it goes to the trunk; that one is told by its last digits: listens. */
    private static final String NUMBER = "+4930123400";

    @TempDir
    Path data;

    private final List<Process> started = new ArrayList<>();
    private final int sipPort = Ports.next();
    private final PortRange rtpPorts = TestStacks.rtpPorts(10);
    private PhoneNetwork phones;
    private CallbackReceiver receiver;

    @BeforeEach
    void startTheOutside() throws IOException {
        phones = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
        receiver = CallbackReceiver.start();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
        receiver.close();
        phones.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--split"})
    void aKilledStackIsMadeUpForByTheNextOne(String mode) throws Exception {
        Process first = up(mode);
        ReadyFile ready = awaitReady(first);
        ApiClient api = new ApiClient(ready);
        String connection = dial(api);
        String serverCall = "/calling/serverCalls/"
                + await(connection, "established").path("serverCallId").asText();
        String recording = serverCall + "/recordings/"
                + api.post(
                                serverCall + "/recordings",
                                Map.of(
                                        "recordingStateCallbackUri",
                                        receiver.uri("/events").toString()),
                                200)
                        .path("recordingId")
                        .asText();
        api.post(
                "/calling/callConnections/" + connection + "/:playAudio",
                Map.of("text", "This is the sentence that is still in the recording after everything was killed."),
                202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> phones.calls()
                        .get(0)
                        .first(PhoneEvent.Kind.PROMPT_BEGAN)
                        .isPresent());
        // The recording is flushed once a second; two of them are certain to be on disk.
        Instant flushed = Instant.now().plusSeconds(3);
        Awaitility.await().until(() -> Instant.now().isAfter(flushed));

        kill(ready.gatewayPid());
        kill(ready.pid());
        first.waitFor();
        Files.deleteIfExists(data.resolve(ReadyFile.NAME));
        Instant restart = Instant.now();
        ApiClient again = new ApiClient(awaitReady(up(mode)));

        CallTrace phone = phones.calls().get(0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> phone.first(PhoneEvent.Kind.BYE_RECEIVED).isPresent());
        Instant bye = phone.first(PhoneEvent.Kind.BYE_RECEIVED).orElseThrow().at();
        assertThat(Duration.between(restart, bye)).isLessThan(Duration.ofSeconds(10));
        JsonNode terminated = await(connection, "terminated");
        assertThat(terminated.path("resultInfo").path("reason").asText()).isEqualTo("gatewayLost");
        JsonNode file = receiver.await("RecordingFileStatusUpdated", event -> true, "", Duration.ofSeconds(30))
                .data();
        assertThat(file.path("status").asText()).isEqualTo("available");
        Wav wav = Wav.parse(
                again.download(URI.create(file.path("contentUri").asText()).getPath(), 200));
        assertThat(wav.durationMs()).isGreaterThan(2000);
        assertThat(loudest(wav)).isGreaterThan(1000);
        assertThat(again.get(recording, 200).path("recordingStatus").asText()).isEqualTo("available");

        assertThat(receiver.events().stream().map(ReceivedEvent::type)).containsOnlyOnce("RecordingFileStatusUpdated");
        assertThat(receiver.events().stream().map(ReceivedEvent::sequence).distinct())
                .containsExactlyElementsOf(LongStream.rangeClosed(
                                1,
                                receiver.events().stream()
                                        .mapToLong(ReceivedEvent::sequence)
                                        .max()
                                        .orElseThrow())
                        .boxed()
                        .toList());
        assertThat(phones.invitesByLeg().values()).containsExactly(1);
    }

    private String dial(ApiClient api) throws IOException, InterruptedException {
        return api.post(
                        "/calling/callConnections",
                        Map.of(
                                "targets", List.of(Map.of("phoneNumber", Map.of("value", NUMBER))),
                                "source", Map.of("phoneNumber", Map.of("value", "+15555550199")),
                                "callbackUri", receiver.uri("/events").toString()),
                        201)
                .path("callConnectionId")
                .asText();
    }

    private JsonNode await(String connection, String state) throws InterruptedException {
        return receiver.await(
                        "CallConnectionStateChanged",
                        event ->
                                connection.equals(event.path("callConnectionId").asText())
                                        && state.equals(event.path("callConnectionState")
                                                .asText()),
                        state,
                        Duration.ofSeconds(30))
                .data();
    }

    private Process up(String mode) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                RingbackCommand.class.getName(),
                "up",
                "--template=" + DeploymentTemplate.file(),
                "--data-dir=" + data,
                "--http-port=0",
                "--https-port=0",
                "--sip-port=" + sipPort,
                "--rtp-ports=" + rtpPorts.first() + "-" + rtpPorts.last(),
                "--used-permissions=" + TestStacks.USED_PERMISSIONS.toAbsolutePath(),
                "--trunk=sip:127.0.0.1:" + phones.port()));
        if (!mode.isEmpty()) {
            command.add(mode);
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        started.add(process);
        return process;
    }

    private ReadyFile awaitReady(Process stack) throws IOException {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !stack.isAlive() || Files.exists(data.resolve(ReadyFile.NAME)));
        return ReadyFile.read(data);
    }

    private static int loudest(Wav wav) {
        int loudest = 0;
        for (short sample : wav.samples()) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        return loudest;
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
