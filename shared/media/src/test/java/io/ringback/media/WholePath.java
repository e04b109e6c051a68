package io.ringback.media;

import io.ringback.media.codec.G711;
import io.ringback.media.codec.SpeechCodec;
import io.ringback.media.dtmf.InBandDetector;
import io.ringback.media.dtmf.OutgoingTones;
import io.ringback.media.jitter.JitterBuffer;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.mix.Mixer;
import io.ringback.media.play.OwnSound;
import io.ringback.media.play.PlayListener;
import io.ringback.media.play.PlayQueue;
import io.ringback.media.play.RingbackTone;
import io.ringback.media.record.Recorder;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Everything that a cycle of a call does, but sockets and disk: each leg receives a packet and sends one. One leg is
 * held and hears music, one a ringback tone; presses go out to all; two recordings run.
 */
final class WholePath {
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
    private static final int[] EVERY_KEY = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private static final class Leg {
        final MixLeg place;
        final JitterBuffer buffer;
        final OwnSound own;
        final OutgoingTones tones;
        final InBandDetector detector;
        final RtpSender far = new RtpSender(1, 1, 1);
        final RtpSender sender = new RtpSender(2, 2, 2);
        final short[] speech;
        final byte[] packet;
        final RtpPacket view = new RtpPacket();

        Leg(AudioFormat format) {
            place = new MixLeg(format);
            buffer = new JitterBuffer(format);
            own = new OwnSound(format, NOBODY);
            tones = new OutgoingTones(format, sent -> {});
            detector = new InBandDetector(format);
            speech = new short[format.samplesPerCycle()];
            packet = new byte[RtpPacket.HEADER_BYTES + speech.length];
        }
    }

    /** µ-law at any rate: what a codec of that rate might cost. */
    private record LawAt(int sampleRate) implements SpeechCodec {
        @Override
        public int samples(int payloadBytes) {
            return G711.MU_LAW.samples(payloadBytes);
        }

        @Override
        public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
            return G711.MU_LAW.decode(payload, offset, length, pcm, pcmOffset);
        }

        @Override
        public int encode(short[] pcm, int pcmOffset, int samples, byte[] payload, int offset) {
            return G711.MU_LAW.encode(pcm, pcmOffset, samples, payload, offset);
        }
    }

    private final List<Leg> legs = new ArrayList<>();
    private final List<MixLeg> places = new ArrayList<>();
    private final SpeechCodec codec;
    private final Mixer mixer;
    private final PlayQueue plays;
    private final Recorder mixed;
    private final Recorder unmixed;
    private final short[] prompt;
    private final short[] mix;
    private final boolean inBand;
    private final Random random = new Random(1);
    private int found;

    WholePath(AudioFormat format, int legCount, boolean inBand) {
        this.inBand = inBand;
        codec = new LawAt(format.sampleRate());
        mixer = new Mixer(format);
        plays = new PlayQueue(format, NOBODY);
        mixed = Recorder.mixed(format, 50);
        unmixed = Recorder.unmixed(format, 50, 31);
        prompt = new short[format.samplesPerCycle()];
        mix = new short[format.samplesPerCycle()];
        short[] music = new short[10 * format.sampleRate()];
        for (int i = 0; i < legCount; i++) {
            Leg leg = new Leg(format);
            for (int s = 0; s < leg.speech.length; s++) {
                leg.speech[s] = (short) (random.nextInt(2000) - 1000);
            }
            leg.place.talking(true);
            leg.place.listening(true);
            leg.own.music(music);
            legs.add(leg);
            places.add(leg.place);
            mixed.joined("p" + i, leg.place);
            unmixed.joined("p" + i, leg.place);
            // More than will be sent, so that presses go out in every cycle that is looked at.
            for (int n = 0; n < OutgoingTones.QUEUE; n++) {
                leg.tones.add(null, EVERY_KEY, 7000);
            }
        }
        legs.get(0).place.held(true);
        legs.get(legCount - 1).own.ringback(RingbackTone.period(format));
        plays.add("music", true, 0);
        plays.ready("music", music);
    }

    /** Runs that many cycles; returns something that depends on all of them, so that none can be left out. */
    int run(int cycles) {
        for (int cycle = 0; cycle < cycles; cycle++) {
            for (int i = 0; i < legs.size(); i++) {
                receive(legs.get(i));
            }
            boolean sounding = plays.fill(prompt);
            mixer.mixOnce(places, sounding ? prompt : null, mix);
            mixed.cycle(mix, sounding ? prompt : null);
            unmixed.cycle(mix, sounding ? prompt : null);
            for (int i = 0; i < legs.size(); i++) {
                send(legs.get(i), i % 2 == 0);
            }
        }
        return found;
    }

    private void receive(Leg leg) {
        int length = leg.far.writeSound(leg.packet, 0, codec, leg.speech);
        if (random.nextInt(50) > 0 && leg.view.wrap(leg.packet, 0, length)) {
            leg.buffer.put(leg.view, codec);
        }
        leg.buffer.take(leg.place.spoken());
        leg.own.fill(leg.place);
    }

    private void send(Leg leg, boolean takesEvents) {
        if (takesEvents) {
            found += leg.tones.writeEvent(leg.packet, 101, leg.sender);
        } else {
            found += leg.tones.writeSound(leg.place.heard()) ? 1 : 0;
        }
        if (inBand) {
            found += leg.detector.cycle(leg.place.spoken(), leg.place.heard());
        }
        found += leg.sender.writeSound(leg.packet, 0, codec, leg.place.heard());
    }
}
