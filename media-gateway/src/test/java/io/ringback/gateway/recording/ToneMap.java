package io.ringback.gateway.recording;

import io.ringback.testkit.sound.Spectrum;
import java.util.ArrayList;
import java.util.List;

/** Says which tones sound in which half second of a channel. */
final class ToneMap {
    private static final int HALF_SECOND = TalkingCall.RATE / 2;

    /** The tones of {@link TalkingCall} are at −21 dBFS; what is 40 dB below does not sound. */
    private static final double AUDIBLE = -27;

    private static final double INAUDIBLE = -61;

    private ToneMap() {}

    /**
     * The tones of each whole half second as text, {@code "500+900"}; {@code "-"} where none sounds.
     *
     * @param hertz the tones that may sound; the edges of each stretch, 60 ms, are not looked at
     */
    static List<String> of(short[] channel, double... hertz) {
        List<String> map = new ArrayList<>();
        for (int at = 0; at + HALF_SECOND <= channel.length; at += HALF_SECOND) {
            List<String> sounding = new ArrayList<>();
            for (double tone : hertz) {
                double level = Spectrum.level(channel, at + 480, at + HALF_SECOND - 480, TalkingCall.RATE, tone);
                if (level > AUDIBLE) {
                    sounding.add(String.valueOf((int) tone));
                } else if (level > INAUDIBLE) {
                    sounding.add("traces of " + (int) tone);
                }
            }
            map.add(sounding.isEmpty() ? "-" : String.join("+", sounding));
        }
        return map;
    }
}
