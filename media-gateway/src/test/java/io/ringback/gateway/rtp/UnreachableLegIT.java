package io.ringback.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Tone;
import io.ringback.gateway.call.CallSound;
import io.ringback.gateway.sdp.AudioCodec;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.testkit.network.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A far side may name an address that the machine cannot send to; nobody but its own leg has to do without sound. */
class UnreachableLegIT {
    private static final int RTP_PORTS = 4;

    private final Failures failures = new Failures();
    private PortRange ports;
    private SoundEngine engine;

    @BeforeEach
    void open() throws IOException {
        int rtpPort = Ports.inARow(RTP_PORTS);
        ports = new PortRange(rtpPort, rtpPort + RTP_PORTS - 1);
        engine = new SoundEngine(ports, 1, InstantSource.system(), Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aLegThatCannotBeSentToEndsLikeAnyOther() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getByName("2001:db8::9"), 4000);
        for (int i = 0; i < 2; i++) {
            CallSound sound = engine.open("call-" + i, failures);
            assertThat(sound.addLeg("ann")).isPresent();
            sound.negotiated("ann", media(nowhere));
            sound.connected("ann");
            awaitCycles(cycles() + 3);
            sound.close();
            Awaitility.await("its ports are free again").until(() -> ports.inUse() == 0);
        }
        assertThat(failures.bugs).isEmpty();
    }

    private void awaitCycles(long wanted) {
        Awaitility.await().until(() -> cycles() >= wanted);
    }

    private long cycles() {
        return engine.gauges().getOrDefault("cycles", 0L);
    }

    private static NegotiatedMedia media(InetSocketAddress there) {
        return new NegotiatedMedia(
                there,
                there,
                AudioCodec.PCMU,
                0,
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                true,
                true);
    }

    private static final class Failures implements CallSound.Listener {
        private final List<RuntimeException> bugs = new CopyOnWriteArrayList<>();

        @Override
        public void pressed(String participantId, Tone tone, boolean audible) {}

        @Override
        public void tonesSent(String operationId) {}

        @Override
        public void playStarted(String operationId) {}

        @Override
        public void playCompleted(String operationId) {}

        @Override
        public void playStopped(String operationId, Tone tone) {}

        @Override
        public void silent(String participantId) {}

        @Override
        public void failed(RuntimeException bug) {
            bugs.add(bug);
        }
    }
}
