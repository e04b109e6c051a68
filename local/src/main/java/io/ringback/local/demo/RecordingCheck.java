package io.ringback.local.demo;

import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.HeardPrompt;
import java.util.Locale;
import java.util.function.Consumer;

/** Compares a recording with what the phone heard: the spoken prompts are in it, the paused interval is not. */
public final class RecordingCheck {
    /** The same sentence gives 0.8 to 1, over the worst of our lines too; another one gave 0.55 at most. */
    private static final double SAME = 0.7;

    private static final double OTHER = 0.65;
    private static final int PHONE_RATE = 8000;
    private static final long LONGEST_DIFFERENCE_MS = 100;

    /** A prompt's echo is over by then. */
    private static final long BETWEEN_PROMPTS_MS = 300;

    /** Of what is said during the pause and of the goodbye, this much is looked for: less than either lasts. */
    private static final long PAUSED_SAMPLE_MS = 3000;

    private static final long GOODBYE_SAMPLE_MS = 1000;

    private final Consumer<String> progress;

    public RecordingCheck(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Judges the recording of a {@link CallScript}.
     *
     * @throws Expected when it is not as it should be
     */
    public void check(CallScript.Outcome outcome, CallTrace phone) {
        Wav wav = outcome.wav();
        long announced = outcome.fileEvent().path("durationMs").asLong();
        Expected.that(
                Math.abs(wav.durationMs() - announced) <= LONGEST_DIFFERENCE_MS,
                () -> "a recording of " + announced + " ms as announced",
                () -> wav.durationMs() + " ms");
        Envelope recorded = Envelope.of(wav.samples(), wav.sampleRate());
        Envelope heard = Envelope.of(phone.heard(), PHONE_RATE);
        HeardPrompt first = phone.prompts().stream()
                .findFirst()
                .orElseThrow(() -> Expected.notFound("the phone hears the prompt", "silence"));
        long paused = heard.soundAfter(first.toMs() + BETWEEN_PROMPTS_MS);
        long end = heard.endOfSound();
        double reminder = recorded.bestMatch(heard.between(first.fromMs(), first.toMs()));
        double confidential = recorded.bestMatch(heard.between(paused, paused + PAUSED_SAMPLE_MS));
        double goodbye = recorded.bestMatch(heard.between(end - GOODBYE_SAMPLE_MS, end));
        String likeness =
                String.format(Locale.ROOT, "reminder %.2f, paused %.2f, goodbye %.2f", reminder, confidential, goodbye);
        Expected.that(
                reminder >= SAME && goodbye >= SAME,
                () -> "the recording holds what the phone heard, likeness of at least " + SAME,
                () -> likeness);
        Expected.that(
                confidential < OTHER,
                () -> "the recording does not hold what was said while it was paused, likeness below " + OTHER,
                () -> likeness);
        progress.accept("recording checked against what the phone heard: likeness of " + likeness);
    }
}
