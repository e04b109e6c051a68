package io.ringback.gateway.call;

import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.record.Recorder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call's sound without any: notes what it is told; the test plays the mixer's part. */
final class FakeSound implements CallSound {
    static final LegStatistics STATISTICS = new LegStatistics(1, 2, 3, 4, 5);

    final Listener listener;
    final List<String> told = new ArrayList<>();
    private final List<String> connected = new ArrayList<>();
    boolean portsLeft = true;
    boolean closed;

    FakeSound(Listener listener) {
        this.listener = listener;
    }

    @Override
    public OptionalInt addLeg(String participantId) {
        told.add("add " + participantId);
        return portsLeft ? OptionalInt.of(20000) : OptionalInt.empty();
    }

    @Override
    public void negotiated(String participantId, NegotiatedMedia media) {
        told.add("negotiated " + participantId);
    }

    @Override
    public void connected(String participantId) {
        told.add("connected " + participantId);
        connected.add(participantId);
    }

    @Override
    public void infoTone(String participantId, Tone tone) {
        told.add("info " + participantId + " " + tone);
        listener.pressed(participantId, tone, false);
    }

    @Override
    public void set(String participantId, boolean muted, boolean held) {
        told.add("set " + participantId + (muted ? " muted" : "") + (held ? " held" : ""));
    }

    @Override
    public void music(String participantId, short @Nullable [] samples) {
        told.add("music " + participantId + (samples == null ? " none" : ""));
    }

    @Override
    public void ringback(String participantId, boolean sounds) {
        told.add("ringback " + participantId + " " + sounds);
    }

    @Override
    public void earlyMedia(String fromId, String toId) {
        told.add("early " + fromId + " to " + toId);
    }

    @Override
    public void sendTones(String operationId, String participantId, List<Tone> tones) {
        told.add("tones " + operationId + " to " + participantId + " " + tones);
    }

    @Override
    public LegStatistics removeLeg(String participantId) {
        told.add("remove " + participantId);
        return STATISTICS;
    }

    @Override
    public void play(String operationId, @Nullable String participantId, boolean loop, Set<Tone> stopOnTones) {
        told.add("play " + operationId);
    }

    @Override
    public void ready(String operationId, short[] samples) {
        told.add("ready " + operationId);
        listener.playStarted(operationId);
    }

    @Override
    public void cancel(Collection<String> operationIds) {
        told.add("cancel " + operationIds);
    }

    @Override
    public void record(Recorder recorder) {
        told.add("record");
        connected.forEach(id -> recorder.joined(id, new MixLeg(AudioFormat.NARROWBAND)));
        recorder.cycle(new short[160], null);
    }

    @Override
    public void stopRecording(Recorder recorder) {
        told.add("stopRecording");
        recorder.end();
    }

    @Override
    public void betweenCycles(Runnable task) {
        task.run();
    }

    @Override
    public void close() {
        closed = true;
    }
}
