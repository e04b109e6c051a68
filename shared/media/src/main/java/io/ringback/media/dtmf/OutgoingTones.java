package io.ringback.media.dtmf;

import io.ringback.media.AudioFormat;
import io.ringback.media.rtp.RtpSender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key presses that go out to one leg, in the place of its sound: as telephone events where they were negotiated
 * (RFC 4733), as pairs of frequencies where not. One sending after the other, a pause after each press; each sending is
 * told when its last press is over.
 *
 * <p>Used on the pacer's thread, {@link #writeEvent} or {@link #writeSound} once in each cycle in which the leg takes
 * sound; while it takes none, the presses wait. A cycle allocates nothing.
 */
public final class OutgoingTones {
    /** Length of a press where nothing else is asked for: well above the 40 ms that a receiver needs (ITU-T Q.24). */
    public static final int PRESS_MILLIS = 120;

    /** Sendings that may wait. */
    public static final int QUEUE = 64;

    private static final int PAUSE_CYCLES = 60 / AudioFormat.CYCLE_MILLIS;

    private final Listener listener;
    private final ArrayDeque<Sending> sendings = new ArrayDeque<>(QUEUE);
    private final TelephoneEventSender event;
    private final ToneSounder sound;
    private int pause;

    /** Is told on the pacer's thread, which must not be kept. */
    public interface Listener {
        /** The last press of a sending is over. */
        void sent(String sendingId);
    }

    private static final class Sending {
        final @Nullable String id;
        final int[] keys;
        final int millis;
        int next;

        Sending(@Nullable String id, int[] keys, int millis) {
            this.id = id;
            this.keys = keys;
            this.millis = millis;
        }
    }

    public OutgoingTones(AudioFormat format, Listener listener) {
        this.listener = listener;
        event = new TelephoneEventSender(format);
        sound = new ToneSounder(format);
    }

    /**
     * Adds presses, one after the other.
     *
     * @param sendingId is told when they are over; null when nobody wants to know
     * @param keys RFC 4733 event codes, 0 to 15
     * @param millis length of each press, 20 or more
     * @return false if too many sendings wait
     */
    public boolean add(@Nullable String sendingId, int[] keys, int millis) {
        for (int key : keys) {
            if (key < 0 || key >= TelephoneEvent.KEYS) {
                throw new IllegalArgumentException("no key: " + key);
            }
        }
        if (sendings.size() == QUEUE) {
            return false;
        }
        sendings.add(new Sending(sendingId, keys.clone(), millis));
        return true;
    }

    /**
     * Takes sendings out; a press that lasts ends in the next cycle.
     *
     * @return those that were there, which are not told any more
     */
    public List<String> cancel(Collection<String> sendingIds) {
        List<String> cancelled = new ArrayList<>();
        Sending first = sendings.peek();
        for (Iterator<Sending> each = sendings.iterator(); each.hasNext(); ) {
            Sending sending = each.next();
            if (sending.id != null && sendingIds.contains(sending.id)) {
                if (sending == first) {
                    event.release();
                    sound.drop();
                }
                cancelled.add(sending.id);
                each.remove();
            }
        }
        return cancelled;
    }

    /** Whether a press lasts or waits. */
    public boolean isBusy() {
        return !sendings.isEmpty() || event.isPressed() || sound.isPressed();
    }

    /**
     * Writes the packet of one cycle for a leg that takes telephone events.
     *
     * @param packet has room for a packet of sound
     * @param payloadType the peer's number for telephone events
     * @return the packet's length, or 0: then it is sound's turn
     */
    public int writeEvent(byte[] packet, int payloadType, RtpSender rtp) {
        sound.drop();
        Sending next = nextPress();
        if (next != null) {
            event.press(next.keys[next.next++], next.millis);
        }
        int length = event.write(packet, payloadType, rtp);
        afterCycle(length > 0);
        return length;
    }

    /**
     * Puts a press in the place of one cycle's sound, for a leg that does not take telephone events.
     *
     * @return false if none lasts, and the frame is as it was
     */
    public boolean writeSound(short[] frame) {
        event.drop();
        Sending next = nextPress();
        if (next != null) {
            sound.press(next.keys[next.next++], next.millis);
        }
        boolean written = sound.write(frame);
        afterCycle(written);
        return written;
    }

    /** The sending whose next press begins in this cycle, if one does. */
    private @Nullable Sending nextPress() {
        if (event.isPressed() || sound.isPressed() || pause > 0) {
            return null;
        }
        Sending first = sendings.peek();
        return first == null || first.next == first.keys.length ? null : first;
    }

    private void afterCycle(boolean written) {
        if (event.isPressed() || sound.isPressed()) {
            return;
        }
        pause = written ? PAUSE_CYCLES : Math.max(0, pause - 1);
        Sending first = sendings.peek();
        if (first != null && first.next == first.keys.length) {
            sendings.remove();
            if (first.id != null) {
                listener.sent(first.id);
            }
        }
    }
}
