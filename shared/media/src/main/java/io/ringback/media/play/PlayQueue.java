package io.ringback.media.play;

import io.ringback.media.AudioFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plays to one group of listeners: to all of a call, or to one participant. One sounds at a time, in the order of
 * arrival; a play whose sound is still being fetched keeps its turn. A looping play yields at the end of its pass when
 * another waits. Used on the pacer's thread only; a cycle allocates nothing.
 */
public final class PlayQueue {
    private final AudioFormat format;
    private final PlayListener listener;
    private final List<Play> waiting = new ArrayList<>();
    private @Nullable Play current;
    private @Nullable Playout playout;

    public PlayQueue(AudioFormat format, PlayListener listener) {
        this.format = format;
        this.listener = listener;
    }

    private static final class Play {
        final String id;
        final boolean loop;
        final int stopOnTones;
        short @Nullable [] sound;

        Play(String id, boolean loop, int stopOnTones) {
            this.id = id;
            this.loop = loop;
            this.stopOnTones = stopOnTones;
        }
    }

    /**
     * Adds a play whose sound is on its way.
     *
     * @param stopOnTones bit n set: a press of RFC 4733 event code n ends the play while it sounds
     */
    public void add(String playId, boolean loop, int stopOnTones) {
        waiting.add(new Play(playId, loop, stopOnTones));
    }

    /** The sound of a play has come, mono at the format's rate; ignored if the play is gone. */
    public void ready(String playId, short[] sound) {
        for (Play play : waiting) {
            if (play.id.equals(playId)) {
                play.sound = sound;
            }
        }
    }

    /**
     * Takes a play out without telling the listener, since its sound will never come.
     *
     * @return false if it was not waiting
     */
    public boolean remove(String playId) {
        return waiting.removeIf(play -> play.id.equals(playId));
    }

    /** Cancels the plays with these ids, sounding or waiting. */
    public void cancel(Collection<String> playIds) {
        for (Play play : List.copyOf(waiting)) {
            if (playIds.contains(play.id)) {
                waiting.remove(play);
                listener.cancelled(play.id);
            }
        }
        Play sounding = current;
        if (sounding != null && playIds.contains(sounding.id)) {
            stop();
            listener.cancelled(sounding.id);
        }
    }

    /** Cancels every play. */
    public void cancelAll() {
        cancel(ids());
    }

    /** Ids of all plays, the sounding one first. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        if (current != null) {
            ids.add(current.id);
        }
        waiting.forEach(play -> ids.add(play.id));
        return ids;
    }

    /** A key was pressed by a listener. */
    public void pressed(int eventCode) {
        Play sounding = current;
        if (sounding != null && (sounding.stopOnTones >> eventCode & 1) != 0) {
            stop();
            listener.stoppedByTone(sounding.id, eventCode);
        }
    }

    private void stop() {
        current = null;
        if (playout != null) {
            playout.stop();
        }
    }

    /**
     * Writes the frame of one cycle.
     *
     * @return false if nothing sounds, and nothing was written
     */
    public boolean fill(short[] frame) {
        while (true) {
            Playout sounding = playout;
            if (sounding == null) {
                if (!startNext()) {
                    return false;
                }
            } else {
                if (current != null && current.loop && isAnotherReady()) {
                    sounding.finishPass();
                }
                if (sounding.next(frame)) {
                    return true;
                }
                end();
            }
        }
    }

    private boolean isAnotherReady() {
        return !waiting.isEmpty() && waiting.get(0).sound != null;
    }

    private boolean startNext() {
        if (waiting.isEmpty()) {
            return false;
        }
        Play next = waiting.get(0);
        short[] sound = next.sound;
        if (sound == null) {
            return false;
        }
        waiting.remove(0);
        current = next;
        playout = new Playout(format, sound, next.loop);
        listener.started(next.id);
        return true;
    }

    private void end() {
        Play ended = current;
        playout = null;
        current = null;
        if (ended != null) {
            listener.completed(ended.id);
        }
    }
}
