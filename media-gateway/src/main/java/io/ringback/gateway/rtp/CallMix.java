package io.ringback.gateway.rtp;

import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.gateway.call.CallSound;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.dtmf.KeySource.Way;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.mix.Mixer;
import io.ringback.media.pace.Paced;
import io.ringback.media.pace.Pacer;
import io.ringback.media.play.PlayListener;
import io.ringback.media.play.PlayQueue;
import io.ringback.media.play.RingbackTone;
import io.ringback.media.record.Recorder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound of one call. What the call wants is handed to the pacer, on whose thread everything here but the map of
 * legs lives; the map belongs to the call's own executor.
 */
final class CallMix implements CallSound, Paced, PlayListener {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;
    private static final short[] RINGBACK = RingbackTone.period(FORMAT);
    private static final int PRESS_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(CallMix.class);

    private final Pacer pacer;
    private final MediaNetwork network;
    private final Listener listener;
    private final Map<String, LegMedia> byParticipant = new HashMap<>();
    private final Mixer mixer = new Mixer(FORMAT);
    private final PlayQueue playsToAll = new PlayQueue(FORMAT, this);
    private final short[] promptToAll = new short[FORMAT.samplesPerCycle()];
    private final short[] recordMix = new short[FORMAT.samplesPerCycle()];
    private final Map<LegMedia, LegMedia> early = new HashMap<>();
    private final List<LegMedia> legs = new ArrayList<>();
    private final List<MixLeg> places = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();

    CallMix(Pacer pacer, MediaNetwork network, Listener listener) {
        this.pacer = pacer;
        this.network = network;
        this.listener = listener;
        pacer.add(this);
    }

    @Override
    public OptionalInt addLeg(String participantId) {
        return network.open(participantId, this::pressedByEvent, this, listener::tonesSent)
                .map(leg -> {
                    byParticipant.put(participantId, leg);
                    return OptionalInt.of(leg.sockets().port());
                })
                .orElse(OptionalInt.empty());
    }

    @Override
    public void negotiated(String participantId, NegotiatedMedia media) {
        LegMedia leg = byParticipant.get(participantId);
        if (leg != null) {
            leg.negotiated(media);
        }
    }

    @Override
    public void connected(String participantId) {
        LegMedia leg = byParticipant.get(participantId);
        if (leg != null) {
            network.watch(leg, listener);
            pacer.execute(this, () -> {
                leg.connect();
                endEarlyMedia(leg);
                join(leg);
                recorders.forEach(recorder -> recorder.joined(participantId, leg.place()));
            });
        }
    }

    @Override
    public void earlyMedia(String fromId, String toId) {
        LegMedia from = byParticipant.get(fromId);
        LegMedia to = byParticipant.get(toId);
        if (from != null && to != null) {
            pacer.execute(this, () -> {
                from.hearEarly();
                join(from);
                join(to);
                to.own().earlyMedia(from.place());
                early.put(from, to);
            });
        }
    }

    @Override
    public void set(String participantId, boolean muted, boolean held) {
        onLeg(participantId, leg -> {
            leg.place().muted(muted);
            leg.place().held(held);
        });
    }

    @Override
    public void music(String participantId, short @Nullable [] samples) {
        onLeg(participantId, leg -> leg.own().music(samples));
    }

    @Override
    public void ringback(String participantId, boolean sounds) {
        onLeg(participantId, leg -> leg.own().ringback(sounds ? RINGBACK : null));
    }

    @Override
    public void sendTones(String operationId, String participantId, List<Tone> tones) {
        int[] keys = tones.stream().mapToInt(Tone::eventCode).toArray();
        onLeg(participantId, leg -> {
            if (!leg.tones().add(operationId, keys, PRESS_MILLIS)) {
                LOG.error("more tones wait for a leg than its call may send");
            }
        });
    }

    @Override
    public void infoTone(String participantId, Tone tone) {
        onLeg(participantId, leg -> press(leg, Way.INFO, tone));
    }

    @Override
    public LegStatistics removeLeg(String participantId) {
        LegMedia leg = byParticipant.remove(participantId);
        if (leg == null) {
            return new LegStatistics(0, 0, 0, 0, -1);
        }
        pacer.execute(this, () -> {
            legs.remove(leg);
            places.remove(leg.place());
            recorders.forEach(recorder -> recorder.left(leg.place()));
            endEarlyMedia(leg);
            network.close(leg);
        });
        return leg.statistics();
    }

    @Override
    public void play(String operationId, @Nullable String participantId, boolean loop, Set<Tone> stopOnTones) {
        int codes = stopOnTones.stream().mapToInt(tone -> 1 << tone.eventCode()).reduce(0, (a, b) -> a | b);
        LegMedia leg = participantId == null ? null : byParticipant.get(participantId);
        PlayQueue queue = leg == null ? playsToAll : leg.own().plays();
        pacer.execute(this, () -> queue.add(operationId, loop, codes));
    }

    @Override
    public void ready(String operationId, short[] samples) {
        pacer.execute(this, () -> {
            playsToAll.ready(operationId, samples);
            legs.forEach(leg -> leg.own().plays().ready(operationId, samples));
        });
    }

    @Override
    public void cancel(Collection<String> operationIds) {
        List<String> ids = List.copyOf(operationIds);
        pacer.execute(this, () -> {
            playsToAll.cancel(ids);
            for (LegMedia leg : legs) {
                leg.own().plays().cancel(ids);
                var unused = leg.tones().cancel(ids);
            }
        });
    }

    @Override
    public void record(Recorder recorder) {
        pacer.execute(this, () -> {
            recorders.add(recorder);
            legs.stream()
                    .filter(LegMedia::isConnected)
                    .forEach(leg -> recorder.joined(leg.participantId(), leg.place()));
        });
    }

    @Override
    public void stopRecording(Recorder recorder) {
        pacer.execute(this, () -> {
            recorders.remove(recorder);
            recorder.end();
        });
    }

    @Override
    public void betweenCycles(Runnable task) {
        pacer.execute(this, task);
    }

    @Override
    public void close() {
        List.copyOf(byParticipant.keySet()).forEach(this::removeLeg);
        pacer.remove(this);
    }

    @Override
    public void cycle() {
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).receive();
        }
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).prepare();
        }
        boolean playing = playsToAll.fill(promptToAll);
        boolean recording = !recorders.isEmpty();
        mixer.mixOnce(places, playing ? promptToAll : null, recording ? recordMix : null);
        for (int i = 0; i < recorders.size(); i++) {
            recorders.get(i).cycle(recordMix, playing ? promptToAll : null);
        }
        for (int i = 0; i < legs.size(); i++) {
            LegMedia leg = legs.get(i);
            int key = leg.afterMix();
            if (key >= 0) {
                Tone.ofEventCode(key).ifPresent(tone -> press(leg, Way.IN_BAND, tone));
            }
        }
    }

    @Override
    public void skipped(long cycles) {
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).skipped(cycles);
        }
        for (int i = 0; i < recorders.size(); i++) {
            recorders.get(i).skipped(cycles);
        }
    }

    @Override
    public void failed(RuntimeException bug) {
        listener.failed(bug);
    }

    @Override
    public void started(String playId) {
        listener.playStarted(playId);
    }

    @Override
    public void completed(String playId) {
        listener.playCompleted(playId);
    }

    @Override
    public void stoppedByTone(String playId, int eventCode) {
        Tone.ofEventCode(eventCode).ifPresent(tone -> listener.playStopped(playId, tone));
    }

    /** Only the call cancels, and tells so itself. */
    @Override
    public void cancelled(String playId) {}

    private void pressedByEvent(LegMedia leg, Tone tone) {
        pacer.execute(this, () -> {
            leg.pressTaken();
            press(leg, Way.TELEPHONE_EVENT, tone);
        });
    }

    private void press(LegMedia leg, Way way, Tone tone) {
        if (leg.isConnected() && leg.keys().accept(way)) {
            listener.pressed(leg.participantId(), tone, way == Way.IN_BAND);
            if (!leg.place().isHeld()) {
                playsToAll.pressed(tone.eventCode());
            }
            leg.own().plays().pressed(tone.eventCode());
        }
    }

    private void join(LegMedia leg) {
        if (!legs.contains(leg)) {
            legs.add(leg);
            places.add(leg.place());
        }
    }

    private void endEarlyMedia(LegMedia from) {
        LegMedia to = early.remove(from);
        if (to != null) {
            to.own().earlyMedia(null);
        }
    }

    private void onLeg(String participantId, Consumer<LegMedia> task) {
        LegMedia leg = byParticipant.get(participantId);
        if (leg != null) {
            pacer.execute(this, () -> task.accept(leg));
        }
    }
}
