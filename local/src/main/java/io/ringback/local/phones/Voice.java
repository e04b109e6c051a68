package io.ringback.local.phones;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Function;

/**
 * What a phone sends: one frame each 20 ms, silence when it has nothing to say.
 *
 * <p>A key press as RFC 4733 event lasts 80 ms in four updates and ends with three equal packets that carry the E bit;
 * all of them have the timestamp of its beginning. A key press as tones lasts 100 ms. A pause of 100 ms follows.
 */
final class Voice {
    /** One packet to be. */
    static final class Frame {
        /** What it carries. */
        final byte[] payload;
        /** True for a telephone event, false for audio. */
        final boolean telephoneEvent;
        /** Whether the marker bit is wanted. */
        final boolean marker;
        /** How many samples ago it belongs: an event's packets all have the timestamp of its beginning. */
        final int samplesAgo;
        /** The packet is made and numbered, and then lost on the line. */
        final boolean silenced;

        private Frame(byte[] payload, boolean telephoneEvent, boolean marker, int samplesAgo, boolean silenced) {
            this.payload = payload;
            this.telephoneEvent = telephoneEvent;
            this.marker = marker;
            this.samplesAgo = samplesAgo;
            this.silenced = silenced;
        }
    }

    private static final int FRAME = 160;
    private static final Duration KEY_TONE = Duration.ofMillis(100);
    private static final int PAUSE_FRAMES = 5;
    private static final int ECHO_ROOM = 25;
    private static final int EVENT_UPDATES = 4;
    private static final int EVENT_ENDS = 3;
    private static final int END_BIT = 0x80;
    /** RFC 4733 §2.3.4: level in −dBm0, 6 bits. */
    private static final int EVENT_VOLUME = 10;

    private static final double KEY_TONE_DBFS = -12;

    private final Queue<Function<G711, Frame>> queue = new ArrayDeque<>();

    /** Queues a sound. */
    void say(Sound sound) {
        for (short[] frame : sound.frames()) {
            queue.add(law -> audio(law.encode(frame)));
        }
    }

    /** Queues what was heard; beyond half a second, which a faster far side can cause, it is dropped. */
    void echo(short[] frame) {
        if (queue.size() < ECHO_ROOM) {
            queue.add(law -> audio(law.encode(frame)));
        }
    }

    /** Queues a key press as a pair of tones. */
    void pressInBand(Key key) {
        say(Sound.sines(KEY_TONE, KEY_TONE_DBFS, key.lowHertz(), key.highHertz()));
        pause();
    }

    /** Queues a key press as RFC 4733 event, impaired as the signalling says. */
    void pressAsEvent(Key key, KeySignalling signalling) {
        int packets = EVENT_UPDATES + EVENT_ENDS;
        for (int packet = 0; packet < packets; packet++) {
            boolean end = packet >= EVENT_UPDATES;
            int duration = FRAME * Math.min(packet + 1, EVENT_UPDATES + 1);
            byte[] payload = {
                (byte) key.eventCode(),
                (byte) (end ? END_BIT | EVENT_VOLUME : EVENT_VOLUME),
                (byte) (duration >> 8),
                (byte) duration
            };
            boolean marker = packet == 0 && signalling != KeySignalling.NO_MARKER;
            boolean silenced = end && signalling == KeySignalling.LOST_END;
            Frame frame = new Frame(payload, true, marker, packet * FRAME, silenced);
            queue.add(law -> frame);
        }
        pause();
    }

    private void pause() {
        for (int frame = 0; frame < PAUSE_FRAMES; frame++) {
            queue.add(Voice::silence);
        }
    }

    /** The next 20 ms, companded by this law where they are audio. */
    Frame next(G711 law) {
        Function<G711, Frame> frame = queue.poll();
        return frame == null ? silence(law) : frame.apply(law);
    }

    private static Frame silence(G711 law) {
        byte[] payload = new byte[FRAME];
        Arrays.fill(payload, law.silence());
        return audio(payload);
    }

    private static Frame audio(byte[] payload) {
        return new Frame(payload, false, false, 0, false);
    }
}
