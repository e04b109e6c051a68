package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.sun.net.httpserver.HttpServer;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent;
import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.baresip.BaresipSettings;
import io.ringback.testkit.sound.AlignedSnr;
import io.ringback.testkit.sound.PacketJudge;
import io.ringback.testkit.sound.WavFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sound that a real gateway sends and records, judged by programs and tables that are not its own. */
@Execution(CONCURRENT)
class GatewaySoundIT {
    private static final int PROMPT_SECONDS = 8;

    @TempDir
    private Path folder;

    private final short[] prompt = KnownSignal.ofSeconds(PROMPT_SECONDS, 1);
    private HttpServer files;

    @BeforeEach
    void serveThePrompt() throws IOException {
        Path wav = folder.resolve("prompt.wav");
        KnownSignal.writeWav(wav, prompt);
        byte[] bytes = Files.readAllBytes(wav);
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "audio/wav");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        files.start();
    }

    @AfterEach
    void stopServing() {
        files.stop(0);
    }

    private PromptSource promptByUrl() {
        return new PromptSource.File(
                URI.create("http://127.0.0.1:" + files.getAddress().getPort() + "/prompt.wav"), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA"})
    void baresipHearsAWavPromptAsItsCodecLeavesIt(String codec) throws IOException {
        assumeTrue(Baresip.installed(), "baresip is not installed");
        Path user = Files.createDirectory(folder.resolve("baresip"));
        try (Baresip baresip = Baresip.start(user, BaresipSettings.saysSine(440).withCodecs(codec + "/8000/1"));
                TestGateway gateway =
                        new TestGateway(folder, Map.of(".*", baresip.address().getPort()))) {
            gateway.connect("call", Identifier.ofPhoneNumber(Baresip.NUMBER));
            gateway.play("call", promptByUrl(), false);
            gateway.await("call", MediaEvent.PlayEnded.class);
            baresip.press('5');
            assertThat(gateway.await("call", MediaEvent.TonePressed.class).tone())
                    .isEqualTo(Tone.TONE5);
            gateway.hangUp("call");
            baresip.awaitEvent("CALL_CLOSED");

            short[] heard = WavFile.read(baresip.decodedWav()).channel(0);
            G711 law = codec.equals("PCMU") ? G711.PCMU : G711.PCMA;
            AlignedSnr snr = AlignedSnr.of(KnownSignal.after(law, prompt), heard, 8000);
            System.out.println("baresip heard the prompt: " + snr);
            assertThat(snr.snrDb()).isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void aMinuteOfPromptLeavesInStepWithTheClock() throws IOException {
        try (PhoneNetwork phones = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
                TestGateway gateway = new TestGateway(folder, Map.of(".*", phones.port()))) {
            warmUp(gateway);
            try (Canary canary = new Canary()) {
                gateway.connect("call", Identifier.ofPhoneNumber("+15550100100"));
                gateway.play("call", promptByUrl(), true);
                CallTrace trace = phones.call("leg-call").orElseThrow();
                await().atMost(Duration.ofSeconds(90)).until(() -> trace.packetCount() >= 3100);
                gateway.hangUp("call");

                assertThat(trace.packets().get(0).packet().marker()).isTrue();
                assertThat(trace.rtcpCount()).isGreaterThanOrEqualTo(10);
                assertThat(trace.invalidCount()).isZero();
                AlignedSnr snr = AlignedSnr.of(KnownSignal.after(G711.PCMU, prompt), trace.heard(), 8000);
                System.out.println("the phone heard the prompt: " + snr);
                assertThat(snr.snrDb()).isGreaterThanOrEqualTo(30);
                judge(trace.packets(), canary.worstLatenessMillis());
            }
        }
    }

    private static void judge(List<ReceivedPacket> packets, double machineLateMillis) {
        PacketJudge judge = new PacketJudge(160, 8000);
        for (ReceivedPacket received : packets) {
            byte[] bytes = received.packet().bytes();
            judge.packet(received.arrivalNanos(), bytes, bytes.length);
        }
        System.out.printf(
                "%d packets, longest gap %.1f ms, drift %.1f ppm; this machine ran threads %.1f ms late%n",
                judge.packets(), judge.longestGapMillis(), judge.driftPpm(), machineLateMillis);
        // A pacer that the machine holds up runs the missed cycles back to back, up to 200 ms (telephony §6).
        List<String> complaints = judge.complaints(60 + machineLateMillis, 50);
        assumeTrue(
                complaints.isEmpty() || machineLateMillis < 100,
                () -> "this machine is too busy to measure: " + complaints);
        assertThat(complaints).isEmpty();
    }

    /** Two calls at once: one phone's clock runs 200 ppm fast, the other's 200 ppm slow. */
    @Test
    void aKnownSignalOverABadLineStaysAlignedInTheRecording() throws IOException {
        short[] signal = KnownSignal.ofSeconds(40, 2);
        try (PhoneNetwork fast = speaking(signal, "loss=2%,jitter=30ms,drift=200ppm");
                PhoneNetwork slow = speaking(signal, "loss=2%,jitter=30ms,drift=-200ppm");
                TestGateway gateway = new TestGateway(folder, Map.of(".*01", fast.port(), ".*02", slow.port()))) {
            warmUp(gateway);
            try (Canary canary = new Canary()) {
                for (String call : List.of("01", "02")) {
                    gateway.connect(call, Identifier.ofPhoneNumber("+155501001" + call));
                    gateway.record(call, Wanted.RECORDING);
                }
                for (PhoneNetwork network : List.of(fast, slow)) {
                    List<CallTrace> calls = network.calls();
                    await().atMost(Duration.ofSeconds(90))
                            .until(() -> calls.get(calls.size() - 1).packetCount() >= 44 * 50);
                }
                for (String call : List.of("01", "02")) {
                    gateway.record(call, Wanted.STOPPED);
                    judge(WavFile.read(gateway.recording(call)).channel(0), signal, canary.worstLatenessMillis());
                    gateway.hangUp(call);
                }
            }
        }
    }

    private static void judge(short[] recorded, short[] signal, double machineLateMillis) {
        AlignedSnr aligned = AlignedSnr.of(signal, recorded, 8000);
        double moved = Math.max(
                Math.abs(aligned.startOffsetMillis() - aligned.offsetMillis()),
                Math.abs(aligned.endOffsetMillis() - aligned.offsetMillis()));
        System.out.printf("the recording: %s; this machine ran threads %.1f ms late%n", aligned, machineLateMillis);
        // Threads that run late are jitter to the buffer, which grows with it as it should.
        assumeTrue(moved <= 20 || machineLateMillis < 20, "this machine is too busy to measure 20 ms");
        assertThat(moved).isLessThanOrEqualTo(20);
    }

    /** A first call, so that the next ones are not judged while classes are still being loaded. */
    private void warmUp(TestGateway gateway) {
        gateway.connect("warm", Identifier.ofPhoneNumber("+15550100101"));
        gateway.record("warm", Wanted.RECORDING);
        gateway.play("warm", promptByUrl(), false);
        gateway.record("warm", Wanted.STOPPED);
        gateway.recording("warm");
        gateway.hangUp("warm");
    }

    private static PhoneNetwork speaking(short[] signal, String line) throws IOException {
        Behaviour says = new Behaviour.Says(Sound.of(KnownSignal.delayed(2, signal)));
        return new PhoneNetwork(
                PhoneNetwork.Settings.onLoopback(LineProfile.parse(line)),
                Clock.systemUTC(),
                System::nanoTime,
                number -> Optional.of(says));
    }
}
