package io.ringback.gateway.call;

import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.record.Recorder;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one call: its legs' RTP, what is played into it, what is recorded of it. Every method returns at once
 * and takes effect before the next mixing cycle, in the order of the calls.
 */
public interface CallSound extends AutoCloseable {
    /** Opens a leg's sockets: the even RTP port, or empty when no pair of ports is left. */
    OptionalInt addLeg(String participantId);

    /** Offer and answer agreed, for the first time or anew. */
    void negotiated(String participantId, NegotiatedMedia media);

    /** From here on the leg sends a packet in each cycle, hears the mix and is heard. */
    void connected(String participantId);

    /** A key press that came by SIP INFO; counts unless the leg's presses come in another way. */
    void infoTone(String participantId, Tone tone);

    /**
     * How a leg is heard and what it hears (telephony §10); also before it is connected.
     *
     * @param muted nobody hears it
     * @param held nobody hears it, and it hears only its {@link #music}, what is played to it alone, and silence
     */
    void set(String participantId, boolean muted, boolean held);

    /** What a held leg hears over and over, mono at the mixing rate; null for silence. */
    void music(String participantId, short @Nullable [] samples);

    /** Whether a leg hears a ringback tone beside the others. */
    void ringback(String participantId, boolean sounds);

    /**
     * Lets a caller hear what a leg sends that is not connected yet, until that one is connected or gone. Both have
     * {@link #negotiated}, or will have.
     */
    void earlyMedia(String fromId, String toId);

    /**
     * Sends key presses to a leg, after those that it is still being sent: as telephone events where they were
     * negotiated, else in its sound. Told as {@link Listener#tonesSent}.
     */
    void sendTones(String operationId, String participantId, List<Tone> tones);

    /** Closes a leg's sockets and tells what its media was like. */
    LegStatistics removeLeg(String participantId);

    /**
     * Gives a play its turn among those to the same listeners; it sounds when its turn has come and it is
     * {@link #ready}. A looping play ends with its pass when another is ready.
     *
     * @param participantId the only listener, or null for all
     * @param stopOnTones presses of a listener that end it while it sounds
     */
    void play(String operationId, @Nullable String participantId, boolean loop, Set<Tone> stopOnTones);

    /** The sound of a play has come, mono at the mixing rate. */
    void ready(String operationId, short[] samples);

    /** Takes plays and sendings of tones out, sounding or waiting; nothing more is told of them. */
    void cancel(Collection<String> operationIds);

    /** Gives every cycle from here on to the recorder, and tells it who is and who gets connected, and who leaves. */
    void record(Recorder recorder);

    /** Gives the recorder nothing more: it has ended. */
    void stopRecording(Recorder recorder);

    /** Runs something short on the thread that mixes, which alone may touch recorders; also after {@link #close}. */
    void betweenCycles(Runnable task);

    @Override
    void close();

    /** Told on the thread that mixes, which must not be kept. */
    interface Listener {
        /**
         * A key press, once; told before the end of a play that it stops.
         *
         * @param audible it came in the sound, so the others heard it
         */
        void pressed(String participantId, Tone tone, boolean audible);

        /** The last of these presses was sent. */
        void tonesSent(String operationId);

        void playStarted(String operationId);

        /** The play sounded to its end, or a looping one yielded. */
        void playCompleted(String operationId);

        void playStopped(String operationId, Tone tone);

        /** Neither RTP nor RTCP came from a leg, not held, for as long as is allowed; told again each such time. */
        void silent(String participantId);

        /** The sound failed by a bug: the call has to end. */
        void failed(RuntimeException bug);
    }

    /** Opens the sound of calls. */
    interface Factory {
        CallSound open(String serverCallId, Listener listener);
    }
}
