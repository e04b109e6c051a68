package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.baresip.BaresipSettings;
import io.ringback.testkit.sound.AlignedSnr;
import io.ringback.testkit.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** baresip, a softphone that is not ours, talks with the phones: each hears the other. */
class BaresipCallerIT {
    @TempDir
    private Path folder;

    @Test
    void eachHearsTheOthersTone() throws IOException {
        assumeTrue(Baresip.installed(), "baresip is not installed");
        try (PhoneNetwork network = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
                Baresip baresip = Baresip.start(folder, BaresipSettings.saysSine(440))) {
            baresip.dial("sip:+15550100122@127.0.0.1:" + network.port());
            baresip.awaitEvent("CALL_ESTABLISHED");
            await().until(() -> network.calls().get(0).packetCount() > 150);
            baresip.press('5');
            await().until(() -> network.calls().get(0).packets().stream()
                    .anyMatch(received -> received.packet().payloadType() > 95));
            baresip.hangUp();
            baresip.awaitEvent("CALL_CLOSED");

            CallTrace trace = network.calls().get(0);
            await().until(() -> trace.first(PhoneEvent.Kind.BYE_RECEIVED).isPresent());
            short[] phoneHeard = Arrays.copyOfRange(trace.heard(), 8000, 16_000);
            assertThat(Spectrum.levelDbfs(phoneHeard, 440)).isGreaterThan(-20);
            assertThat(Spectrum.levelDbfs(phoneHeard, 1004)).isLessThan(-50);
            short[] baresipHeard = WavFile.read(baresip.decodedWav()).channel(0);
            assertThat(Spectrum.levelDbfs(Arrays.copyOfRange(baresipHeard, 8000, 16_000), 1004))
                    .isCloseTo(-10, within(0.2));
        }
    }

    @Test
    void aPhoneHearsTheWavThatBaresipSays() throws IOException {
        assumeTrue(Baresip.installed(), "baresip is not installed");
        short[] signal = KnownSignal.ofSeconds(4, 3);
        Path wav = folder.resolve("said.wav");
        KnownSignal.writeWav(wav, signal);
        try (PhoneNetwork network = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
                Baresip baresip = Baresip.start(folder, BaresipSettings.saysWav(wav))) {
            baresip.dial("sip:+15550100100@127.0.0.1:" + network.port());
            // baresip hangs up at the end of its file; the last 160 ms of a call are not listened to.
            await().until(() -> network.calls().stream()
                    .anyMatch(call -> call.first(PhoneEvent.Kind.BYE_RECEIVED).isPresent()));
            short[] said = KnownSignal.after(G711.PCMU, Arrays.copyOf(signal, 3 * 8000));
            AlignedSnr snr = AlignedSnr.of(said, network.calls().get(0).heard(), 8000);
            assertThat(snr.snrDb()).isGreaterThan(30);
        }
    }
}
