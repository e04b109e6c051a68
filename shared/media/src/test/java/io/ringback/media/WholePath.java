package io.ringback.media;

import io.ringback.media.codec.G711;
import io.ringback.media.dtmf.InBandDetector;
import io.ringback.media.jitter.JitterBuffer;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.mix.Mixer;
import io.ringback.media.play.PlayListener;
import io.ringback.media.play.PlayQueue;
import io.ringback.media.record.MixedRecorder;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that a cycle of a call does, but sockets and disk: each leg receives a packet and sends one. */
final class WholePath {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;
    private static final PlayListener NOBODY = new PlayListener() {
        @Override
        public void started(String playId) {}

        @Override
        public void completed(String playId) {}

        @Override
        public void stoppedByTone(String playId, int eventCode) {}

        @Override
        public void cancelled(String playId) {}
    };

    private static final class Leg {
        final MixLeg place = new MixLeg(FORMAT);
        final JitterBuffer buffer = new JitterBuffer(FORMAT);
        final RtpSender far = new RtpSender(1, 1, 1);
        final RtpSender sender = new RtpSender(2, 2, 2);
        final InBandDetector detector = new InBandDetector(FORMAT);
        final short[] speech = new short[160];
        final byte[] packet = new byte[172];
        final RtpPacket view = new RtpPacket();
    }

    private final List<Leg> legs = new ArrayList<>();
    private final List<MixLeg> places = new ArrayList<>();
    private final Mixer mixer = new Mixer(FORMAT);
    private final PlayQueue plays = new PlayQueue(FORMAT, NOBODY);
    private final MixedRecorder recorder = new MixedRecorder(FORMAT, 50);
    private final short[] prompt = new short[160];
    private final short[] mix = new short[160];
    private final boolean inBand;
    private final Random random = new Random(1);
    private int found;

    WholePath(int legCount, boolean inBand) {
        this.inBand = inBand;
        for (int i = 0; i < legCount; i++) {
            Leg leg = new Leg();
            for (int s = 0; s < 160; s++) {
                leg.speech[s] = (short) (random.nextInt(2000) - 1000);
            }
            leg.place.talking(true);
            leg.place.listening(true);
            legs.add(leg);
            places.add(leg.place);
        }
        short[] music = new short[80_000];
        plays.add("music", true, 0);
        plays.ready("music", music);
    }

    /** Runs that many cycles; returns something that depends on all of them, so that none can be left out. */
    int run(int cycles) {
        for (int cycle = 0; cycle < cycles; cycle++) {
            for (int i = 0; i < legs.size(); i++) {
                receive(legs.get(i));
            }
            boolean plays = this.plays.fill(prompt);
            mixer.mixOnce(places, plays ? prompt : null, mix);
            recorder.frame(mix);
            for (int i = 0; i < legs.size(); i++) {
                send(legs.get(i));
            }
        }
        return found;
    }

    private void receive(Leg leg) {
        int length = leg.far.writeSound(leg.packet, 0, G711.MU_LAW, leg.speech);
        if (random.nextInt(50) > 0 && leg.view.wrap(leg.packet, 0, length)) {
            leg.buffer.put(leg.view, G711.MU_LAW);
        }
        leg.buffer.take(leg.place.spoken());
    }

    private void send(Leg leg) {
        if (inBand) {
            found += leg.detector.cycle(leg.place.spoken(), leg.place.heard());
        }
        found += leg.sender.writeSound(leg.packet, 0, G711.MU_LAW, leg.place.heard());
    }
}
