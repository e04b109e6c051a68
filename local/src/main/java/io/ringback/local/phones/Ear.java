package io.ringback.local.phones;

import java.util.Arrays;

/**
 * What a phone hears, laid out on the sender's time line: each packet's samples stand where its timestamp puts them, so
 * that order of arrival does not matter and what was lost is silence. Sample 0 is the moment of the phone's answer.
 *
 * <p>Listening lags 160 ms behind, so that delayed packets still find their place. While nothing arrives, time goes on
 * by the phone's own clock.
 */
final class Ear {
    private static final int SAMPLES_PER_MS = 8;
    private static final int FRAME = 20 * SAMPLES_PER_MS;
    private static final int LAG = 8 * FRAME;
    /** Room for what has come but was not listened to, 4 s; a timestamp outside of it begins a new time line. */
    private static final int AHEAD = 200 * FRAME;

    private final short[] ring = new short[AHEAD];
    private final int capacity;
    private short[] heard = new short[50 * FRAME];
    private long listened;
    private boolean anchored;
    private int ssrc;
    private int newestTimestamp;
    private long newestPosition;
    private long newestMicros;

    /** @param capacity how many samples are kept for {@link #heard()}, counted from the answer */
    Ear(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes decoded audio.
     *
     * @param micros since the answer
     */
    void take(long micros, RtpPacket packet, short[] samples) {
        long position = newestPosition + (packet.timestamp() - newestTimestamp);
        boolean reachable = position > listened - AHEAD && position + samples.length <= listened + AHEAD;
        boolean newTimeLine = !anchored || packet.ssrc() != ssrc || !reachable;
        if (newTimeLine) {
            position = Math.max(listened, now(micros));
            anchored = true;
            ssrc = packet.ssrc();
        }
        if (newTimeLine || position > newestPosition) {
            newestPosition = position;
            newestTimestamp = packet.timestamp();
            newestMicros = micros;
        }
        for (int i = 0; i < samples.length; i++) {
            if (position + i >= listened && position + i < listened + AHEAD) {
                ring[(int) ((position + i) % AHEAD)] = samples[i];
            }
        }
    }

    /**
     * The next 20 ms, or an empty array when they cannot be complete yet.
     *
     * @param micros since the answer
     */
    short[] listen(long micros) {
        if (listened + FRAME + LAG > now(micros)) {
            return new short[0];
        }
        int from = (int) (listened % AHEAD);
        short[] frame = Arrays.copyOfRange(ring, from, from + FRAME);
        Arrays.fill(ring, from, from + FRAME, (short) 0);
        keep(frame);
        listened += FRAME;
        return frame;
    }

    private long now(long micros) {
        return anchored
                ? newestPosition + (micros - newestMicros) * SAMPLES_PER_MS / 1000
                : micros * SAMPLES_PER_MS / 1000;
    }

    private synchronized void keep(short[] frame) {
        if (listened + FRAME > capacity) {
            return;
        }
        int from = (int) listened;
        if (heard.length < from + FRAME) {
            heard = Arrays.copyOf(heard, 2 * heard.length);
        }
        System.arraycopy(frame, 0, heard, from, FRAME);
    }

    /** All that was listened to, 8 kHz, from the answer on. Any thread may ask. */
    synchronized short[] heard() {
        return Arrays.copyOf(heard, (int) Math.min(listened, Math.min(heard.length, capacity)));
    }
}
