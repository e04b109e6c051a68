package io.ringback.local.phones;

/**
 * Hears where a prompt begins and ends: it has ended when 1.2 s below −50 dBFS follow at least 200 ms above −40 dBFS.
 * Levels are relative to a full-scale sine, each over one frame of 20 ms.
 */
final class PromptDetector {
    /** What the latest frame revealed. */
    enum Sign {
        NOTHING,
        /** 200 ms were loud; {@link #fromMs()} tells when the first of them was. */
        BEGAN,
        /** 1.2 s were quiet; {@link #toMs()} tells when the first of them was. */
        ENDED
    }

    private static final int FRAME_MS = 20;
    private static final int LOUD_FRAMES = 200 / FRAME_MS;
    private static final int QUIET_FRAMES = 1200 / FRAME_MS;
    private static final double LOUD_DBFS = -40;
    private static final double QUIET_DBFS = -50;

    private int loud;
    private int quiet;
    private long frames;
    private long firstLoud;

    /** Takes the next 20 ms. */
    Sign hear(short[] frame) {
        double level = levelDbfs(frame);
        frames++;
        if (level >= QUIET_DBFS) {
            quiet = 0;
            return level > LOUD_DBFS ? louder() : Sign.NOTHING;
        }
        quiet++;
        if (quiet != QUIET_FRAMES) {
            return Sign.NOTHING;
        }
        boolean prompt = loud >= LOUD_FRAMES;
        loud = 0;
        return prompt ? Sign.ENDED : Sign.NOTHING;
    }

    private Sign louder() {
        if (loud == 0) {
            firstLoud = frames - 1;
        }
        loud++;
        return loud == LOUD_FRAMES ? Sign.BEGAN : Sign.NOTHING;
    }

    /** When the latest prompt began, in ms of what was heard. */
    long fromMs() {
        return firstLoud * FRAME_MS;
    }

    /** When the latest prompt ended, in ms of what was heard; asked for at {@link Sign#ENDED}. */
    long toMs() {
        return (frames - quiet) * FRAME_MS;
    }

    /** How much was heard, in ms. */
    long heardMs() {
        return frames * FRAME_MS;
    }

    private static double levelDbfs(short[] frame) {
        double sum = 0;
        for (short sample : frame) {
            sum += (double) sample * sample;
        }
        double fullScaleSine = 32768.0 * 32768.0 / 2;
        return 10 * Math.log10(sum / frame.length / fullScaleSine + 1e-12);
    }
}
