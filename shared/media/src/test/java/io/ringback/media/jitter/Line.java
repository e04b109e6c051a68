package io.ringback.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.media.AudioFormat;
import io.ringback.media.codec.SpeechCodec;
import io.ringback.media.rtp.RtpPacket;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongToIntFunction;

/**
 * A sender with a clock of its own, a network and a jitter buffer that is taken from every 20 ms, in virtual time.
 * Sample n of what is sent is {@code signal(n)}; samples travel as two bytes, so that nothing is lost in coding.
 */
final class Line {
    static final int FIRST_TIMESTAMP = -5000;

    /** When a packet arrives; packets of one moment arrive in the order in which they were sent. */
    private record Arrival(double millis, long order) {}

    final JitterBuffer buffer;
    final Random random;
    private final AudioFormat format;
    private final NavigableMap<Arrival, byte[]> network =
            new TreeMap<>(Comparator.comparingDouble(Arrival::millis).thenComparingLong(Arrival::order));
    private final RtpPacket view = new RtpPacket();
    private LongToIntFunction signal = n -> 0;
    private long packetNumber;
    private long sampleNumber;
    private long order;
    private int timestampOffset;
    private double sentMillis;
    private double cycleMillis = 7;

    /** Until then nothing arrives, and then all that was sent. */
    double stalledUntilMillis;

    int packetMillis = 20;
    double driftPpm;
    double jitterMillis;
    double loss;
    double doubled;
    int ssrc = 77;
    long lostPackets;

    Line(AudioFormat format, long seed) {
        this.format = format;
        buffer = new JitterBuffer(format);
        random = new Random(seed);
    }

    Line carrying(LongToIntFunction newSignal) {
        signal = newSignal;
        return this;
    }

    /** Two bytes per sample, high byte first (RFC 3551's L16). */
    static SpeechCodec plain(AudioFormat format) {
        return new SpeechCodec() {
            @Override
            public int sampleRate() {
                return format.sampleRate();
            }

            @Override
            public int samples(int payloadBytes) {
                return payloadBytes / 2;
            }

            @Override
            public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
                for (int i = 0; i < length / 2; i++) {
                    pcm[pcmOffset + i] = (short) (payload[offset + 2 * i] << 8 | (payload[offset + 2 * i + 1] & 0xFF));
                }
                return length / 2;
            }

            @Override
            public int encode(short[] pcm, int pcmOffset, int samples, byte[] payload, int offset) {
                for (int i = 0; i < samples; i++) {
                    payload[offset + 2 * i] = (byte) (pcm[pcmOffset + i] >> 8);
                    payload[offset + 2 * i + 1] = (byte) pcm[pcmOffset + i];
                }
                return 2 * samples;
            }
        };
    }

    /** Runs that many cycles and returns all that came out. */
    short[] run(int cycles) {
        short[] all = new short[cycles * format.samplesPerCycle()];
        short[] frame = new short[format.samplesPerCycle()];
        for (int cycle = 0; cycle < cycles; cycle++) {
            sendUntil(cycleMillis);
            while (!network.isEmpty() && network.firstKey().millis <= cycleMillis) {
                deliver(network.pollFirstEntry().getValue());
            }
            buffer.take(frame);
            System.arraycopy(frame, 0, all, cycle * frame.length, frame.length);
            cycleMillis += AudioFormat.CYCLE_MILLIS;
        }
        return all;
    }

    /** The number of the sample that the sender is about to speak. */
    long nextSample() {
        return sampleNumber;
    }

    /** Makes the sender's numbers jump without any time passing. */
    void jump(int samples, int packets) {
        timestampOffset += samples;
        packetNumber += packets;
    }

    private void sendUntil(double millis) {
        while (sentMillis <= millis) {
            int samples = format.samples(packetMillis);
            short[] pcm = new short[samples];
            for (int i = 0; i < samples; i++) {
                pcm[i] = (short) signal.applyAsInt(sampleNumber + i);
            }
            byte[] bytes = new byte[RtpPacket.HEADER_BYTES + 2 * samples];
            int timestamp = FIRST_TIMESTAMP + timestampOffset + (int) sampleNumber;
            RtpPacket.writeHeader(bytes, 0, 11, false, (int) packetNumber + 65_000, timestamp, ssrc);
            plain(format).encode(pcm, 0, samples, bytes, RtpPacket.HEADER_BYTES);
            send(bytes);
            sampleNumber += samples;
            packetNumber++;
            sentMillis += packetMillis * (1 - driftPpm / 1e6);
        }
    }

    private void send(byte[] bytes) {
        if (random.nextDouble() < loss) {
            lostPackets++;
            return;
        }
        int copies = random.nextDouble() < doubled ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            network.put(
                    new Arrival(Math.max(stalledUntilMillis, sentMillis + random.nextDouble() * jitterMillis), order++),
                    bytes);
        }
    }

    private void deliver(byte[] bytes) {
        assertThat(view.wrap(bytes, 0, bytes.length)).isTrue();
        buffer.put(view, plain(format));
    }
}
