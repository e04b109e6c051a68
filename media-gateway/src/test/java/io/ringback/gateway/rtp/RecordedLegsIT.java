package io.ringback.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Tone;
import io.ringback.gateway.call.CallSound;
import io.ringback.gateway.sdp.AudioCodec;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.ToneGenerator;
import io.ringback.media.codec.G711;
import io.ringback.media.record.Recorder;
import io.ringback.media.record.Track;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;
import io.ringback.testkit.network.Ports;
import io.ringback.testkit.sound.Spectrum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two legs that really send RTP to the real pacer, each a tone of its own, and what an unmixed recorder gets of them. */
class RecordedLegsIT {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;
    private static final int ANN = 500;
    private static final int BOB = 900;
    private static final int PLAYED = 1700;
    private static final int RTP_PORTS = 40;

    private final ScheduledExecutorService phones = Executors.newScheduledThreadPool(1);
    private final Recorder recorder = Recorder.unmixed(FORMAT, 1000, 31);
    private final CountDownLatch played = new CountDownLatch(1);
    private SoundEngine engine;
    private CallSound sound;

    @BeforeEach
    void open() throws IOException {
        int rtpPort = Ports.inARow(RTP_PORTS);
        engine = new SoundEngine(
                new PortRange(rtpPort, rtpPort + RTP_PORTS - 1), 1, InstantSource.system(), Duration.ofSeconds(30));
        sound = engine.open("call-1", new Heard());
    }

    @AfterEach
    void close() {
        phones.shutdownNow();
        sound.close();
        engine.close();
    }

    @Test
    void eachLegIsInItsOwnChannelAndAMutedOneInNone() throws Exception {
        try (Phone ann = new Phone("ann", ANN);
                Phone bob = new Phone("bob", BOB)) {
            sound.record(recorder);
            awaitCycles(25);
            sound.play("play", null, false, Set.of());
            sound.ready("play", tone(PLAYED, 500));
            assertThat(played.await(10, TimeUnit.SECONDS)).isTrue();
            sound.set(bob.id, true, false);
            long muted = awaitCycles(0);
            awaitCycles(muted + 50);
            sound.removeLeg(ann.id);
            sound.stopRecording(recorder);
            long all = awaitCycles(0);

            short[] application = samples(recorder.common());
            short[] anns = samples(recorder.channels().get(0));
            short[] bobs = samples(recorder.channels().get(1));
            assertThat(anns.length).isEqualTo(160 * (int) all).isEqualTo(application.length);
            assertThat(bobs.length).isEqualTo(anns.length);
            assertThat(loudest(anns)).isEqualTo(ANN);
            assertThat(loudest(Arrays.copyOf(bobs, 160 * (int) muted))).isEqualTo(BOB);
            assertThat(Arrays.copyOfRange(bobs, 160 * (int) (muted + 1), bobs.length))
                    .containsOnly(0);
            assertThat(loudest(application)).isEqualTo(PLAYED);
            assertThat(Arrays.copyOf(application, 25 * 160))
                    .as("before the play")
                    .containsOnly(0);
        }
    }

    /** The one tone that sounds; the others are far below, whatever a busy machine does to the packets. */
    private static int loudest(short[] channel) {
        List<Integer> tones = new ArrayList<>(List.of(ANN, BOB, PLAYED));
        tones.sort(Comparator.comparingDouble(hertz -> -level(channel, hertz)));
        assertThat(level(channel, tones.get(0)) - level(channel, tones.get(1)))
                .as("dB between %d and %d Hz", tones.get(0), tones.get(1))
                .isGreaterThan(25);
        return tones.get(0);
    }

    private static double level(short[] channel, int hertz) {
        return Spectrum.level(channel, 0, channel.length, FORMAT.sampleRate(), hertz);
    }

    /** Returns at that cycle of the recorder or later, and says which it is. */
    private long awaitCycles(long wanted) {
        long[] cycles = new long[1];
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    CompletableFuture<Long> now = new CompletableFuture<>();
                    sound.betweenCycles(() -> now.complete(recorder.cycles()));
                    cycles[0] = now.join();
                    return cycles[0] >= wanted;
                });
        return cycles[0];
    }

    private static short[] samples(Track track) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        track.drain((samples, offset, count) -> {
            ByteBuffer bytes = ByteBuffer.allocate(2 * count);
            bytes.asShortBuffer().put(samples, offset, count);
            all.writeBytes(bytes.array());
        });
        short[] samples = new short[all.size() / 2];
        ByteBuffer.wrap(all.toByteArray()).asShortBuffer().get(samples);
        return samples;
    }

    private static short[] tone(int hertz, int millis) {
        return new ToneGenerator(FORMAT).tone(millis, new double[] {hertz}, new double[] {-20});
    }

    /** A connected leg whose far end sends its tone every 20 ms. */
    private final class Phone implements AutoCloseable {
        final String id;
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final RtpSender rtp = new RtpSender(7, 1, 1);
        private final byte[] packet = new byte[RtpPacket.HEADER_BYTES + 160];
        private final short[] tone;
        private final InetSocketAddress gateway;
        private int at;

        Phone(String id, int hertz) throws IOException {
            this.id = id;
            tone = tone(hertz, 10_000);
            int port = sound.addLeg(id).orElseThrow();
            gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
            sound.negotiated(
                    id,
                    new NegotiatedMedia(
                            here,
                            here,
                            AudioCodec.PCMU,
                            0,
                            OptionalInt.of(0),
                            OptionalInt.empty(),
                            OptionalInt.of(101),
                            OptionalInt.of(101),
                            false,
                            true,
                            true));
            sound.connected(id);
            var unused = phones.scheduleAtFixedRate(this::say, 0, 20, TimeUnit.MILLISECONDS);
        }

        private void say() {
            short[] frame = Arrays.copyOfRange(tone, at, at + 160);
            at = (at + 160) % tone.length;
            int length = rtp.writeSound(packet, 0, G711.MU_LAW, frame);
            try {
                socket.send(new DatagramPacket(packet, length, gateway));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            phones.shutdownNow();
            socket.close();
        }
    }

    private final class Heard implements CallSound.Listener {
        @Override
        public void pressed(String participantId, Tone tone, boolean audible) {}

        @Override
        public void tonesSent(String operationId) {}

        @Override
        public void playStarted(String operationId) {}

        @Override
        public void playCompleted(String operationId) {
            played.countDown();
        }

        @Override
        public void playStopped(String operationId, Tone tone) {}

        @Override
        public void silent(String participantId) {}

        @Override
        public void failed(RuntimeException bug) {
            throw bug;
        }
    }
}
