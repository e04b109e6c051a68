package io.ringback.local.phones;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one call. From {@link #start} on one packet leaves per 20 ms of the phone's clock, by absolute deadlines;
 * what arrives is stamped, kept in the trace and heard. Its state belongs to the media thread.
 */
final class RtpSession {
    /** Told on the media thread. */
    interface Listener {
        /** A prompt began this long ago. */
        void promptBegan(Duration ago);

        /** A prompt was heard to its end. */
        void promptEnded(HeardPrompt prompt);
    }

    private static final int FRAME = 160;
    private static final int FRAME_NANOS = 20_000_000;
    /** RFC 3389; silence to this phone. */
    private static final int COMFORT_NOISE = 13;

    private final SoundRoom room;
    private final RtpSockets sockets;
    private final CallTrace trace;
    private final Listener listener;
    private final Line outgoing;
    private final Line incoming;
    private final Ear ear;
    private final PromptDetector detector = new PromptDetector();
    private final Voice voice = new Voice();
    private final int ssrc;
    private int sequence;
    private int timestamp;
    private boolean beginsTalking = true;
    private boolean gone;
    private boolean echoing;
    private long startNanos;
    private @Nullable RemoteAudio remote;
    private @Nullable Future<?> cycles;

    /** @param seed of this call's losses, delays and first RTP numbers */
    RtpSession(SoundRoom room, long seed, CallTrace trace, Listener listener) throws IOException {
        this.room = room;
        this.trace = trace;
        this.listener = listener;
        Random random = new Random(seed);
        this.outgoing = new Line(room.line(), random.nextLong());
        this.incoming = new Line(room.line(), random.nextLong());
        this.ssrc = random.nextInt();
        this.sequence = random.nextInt(1 << 16);
        this.timestamp = random.nextInt();
        this.ear = new Ear(room.keptSamples());
        this.sockets = RtpSockets.open(room.bind());
        trace.hearsFrom(ear::heard);
        room.receiver().register(sockets.rtp(), this::arrived);
        room.receiver().register(sockets.rtcp(), (nanos, datagram) -> trace.recordRtcp());
    }

    /** The RTP port; RTCP is the next one. */
    int port() {
        return sockets.port();
    }

    /** The phone's answer: from now on packets leave, once it is known where to. */
    void start() {
        Duration period =
                Duration.ofNanos(Math.round(FRAME_NANOS / (1 + room.line().driftPpm() / 1e6)));
        room.media().run(() -> {
            startNanos = room.nanoTime().getAsLong();
            cycles = room.media().each(period, this::cycle);
        });
    }

    /** The far side's description, at first and after each later offer and answer. */
    void connect(RemoteAudio audio) {
        room.media().run(() -> remote = audio);
    }

    void say(Sound sound) {
        room.media().run(() -> voice.say(sound));
    }

    /** Says back whatever it hears from now on. */
    void echo() {
        room.media().run(() -> echoing = true);
    }

    /** Presses a key: as event where that was negotiated, else as a pair of tones. */
    void press(Key key) {
        room.media().run(() -> {
            if (remote != null && remote.telephoneEvent().isPresent()) {
                voice.pressAsEvent(key, room.line().keys());
            } else {
                voice.pressInBand(key);
            }
        });
    }

    /** The network is gone: nothing is sent or heard any more, but the ports stay taken, so that nothing is refused. */
    void vanish() {
        room.media().run(() -> gone = true);
    }

    void close() {
        room.media().run(() -> {
            if (cycles != null) {
                cycles.cancel(false);
            }
            sockets.close();
        });
    }

    private void cycle() {
        if (!gone) {
            send();
            listen();
        }
    }

    private void send() {
        RemoteAudio to = remote;
        timestamp += FRAME;
        if (to == null || !to.receives()) {
            beginsTalking = true;
            return;
        }
        Voice.Frame frame = voice.next(to.law());
        boolean event = frame.telephoneEvent;
        byte[] packet = RtpPacket.of(
                        event ? to.telephoneEvent().orElse(to.payloadType()) : to.payloadType(),
                        frame.marker || (beginsTalking && !event),
                        sequence,
                        timestamp - frame.samplesAgo,
                        ssrc,
                        frame.payload)
                .bytes();
        sequence++;
        beginsTalking = false;
        Line.Fate fate = outgoing.next();
        if (!fate.lost() && !frame.silenced) {
            delayed(fate, () -> sockets.send(packet, to.rtp()));
        }
    }

    private void listen() {
        long micros = microsSinceStart();
        for (short[] frame = ear.listen(micros); frame.length > 0; frame = ear.listen(micros)) {
            if (echoing) {
                voice.echo(frame);
            }
            switch (detector.hear(frame)) {
                case BEGAN -> listener.promptBegan(Duration.ofMillis(micros / 1000 - detector.fromMs()));
                case ENDED -> listener.promptEnded(new HeardPrompt(detector.fromMs(), detector.toMs()));
                case NOTHING -> {}
            }
        }
    }

    private void arrived(long nanos, byte[] datagram) {
        Optional<RtpPacket> packet = RtpPacket.parse(datagram);
        if (packet.isEmpty()) {
            trace.recordInvalid();
            return;
        }
        trace.record(new ReceivedPacket(nanos, packet.get()));
        room.media().run(() -> {
            Line.Fate fate = incoming.next();
            if (!fate.lost() && !gone && cycles != null) {
                delayed(fate, () -> hear(packet.get()));
            }
        });
    }

    private void hear(RtpPacket packet) {
        short[] samples = samplesOf(packet);
        if (samples.length > 0) {
            ear.take(microsSinceStart(), packet, samples);
        }
    }

    private static short[] samplesOf(RtpPacket packet) {
        int type = packet.payloadType();
        if (type == G711.PCMU.payloadType()) {
            return G711.PCMU.decode(packet.payload());
        }
        if (type == G711.PCMA.payloadType()) {
            return G711.PCMA.decode(packet.payload());
        }
        return new short[type == COMFORT_NOISE ? FRAME : 0];
    }

    private void delayed(Line.Fate fate, Runnable task) {
        if (fate.delay().isZero()) {
            task.run();
        } else {
            Future<?> unused = room.media().after(fate.delay(), task);
        }
    }

    private long microsSinceStart() {
        return (room.nanoTime().getAsLong() - startNanos) / 1000;
    }
}
