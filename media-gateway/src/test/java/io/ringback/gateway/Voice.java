package io.ringback.gateway;

import io.ringback.testkit.sound.LiteralG711;
import io.ringback.testkit.sound.Spectrum;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody at a raw phone who hums one tone once told to, without end. */
final class Voice implements AutoCloseable {
    /** A hum, and all that is heard of one, lies well above; what leaks from other tones well below. In dBFS. */
    private static final double AUDIBLE = -40;

    private static final int RATE = 8000;
    private static final int CYCLE = 160;

    /** 200 ms are enough to tell tones apart that lie 100 Hz from each other. */
    private static final int PACKETS = 10;

    private final ScheduledExecutorService mouth = Executors.newSingleThreadScheduledExecutor();
    private final RawPhone phone;
    private final int hertz;
    private long at;

    /** @param hertz a multiple of 50, so that every packet goes on where the one before ended */
    Voice(RawPhone phone, int hertz) {
        this.phone = phone;
        this.hertz = hertz;
    }

    /** Begins; the phone has to be in a call. */
    void hum() {
        var unused = mouth.scheduleAtFixedRate(this::sayOn, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void sayOn() {
        byte[] packet = new byte[CYCLE];
        for (int i = 0; i < CYCLE; i++) {
            packet[i] = muLaw(8000 * Math.sin(2 * Math.PI * hertz * at++ / RATE));
        }
        phone.say(packet);
    }

    /** The octet whose literal value is nearest. */
    private static byte muLaw(double value) {
        int best = 0;
        for (int octet = 1; octet < 256; octet++) {
            if (Math.abs(LiteralG711.muLaw((byte) octet) - value) < Math.abs(LiteralG711.muLaw((byte) best) - value)) {
                best = octet;
            }
        }
        return (byte) best;
    }

    /** Whether the last 200 ms that a phone heard hold this tone. */
    static boolean hears(RawPhone phone, int hertz) {
        List<Byte> heard = phone.lastSound(PACKETS);
        short[] sound = new short[heard.size()];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = LiteralG711.muLaw(heard.get(i));
        }
        return sound.length == PACKETS * CYCLE && Spectrum.level(sound, 0, sound.length, RATE, hertz) > AUDIBLE;
    }

    @Override
    public void close() {
        mouth.shutdownNow();
    }
}
