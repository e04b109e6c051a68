package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.baresip.BaresipSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
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
            short[] baresipHeard = samples(baresip.decodedWav());
            assertThat(Spectrum.levelDbfs(Arrays.copyOfRange(baresipHeard, 8000, 16_000), 1004))
                    .isCloseTo(-10, within(0.2));
        }
    }

    /** The samples of a plain mono WAV with a 44-byte header. */
    private static short[] samples(Path wav) throws IOException {
        byte[] bytes = Files.readAllBytes(wav);
        short[] samples = new short[(bytes.length - 44) / 2];
        ByteBuffer.wrap(bytes, 44, bytes.length - 44)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }
}
