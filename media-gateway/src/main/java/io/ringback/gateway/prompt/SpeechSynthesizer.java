package io.ringback.gateway.prompt;

import io.ringback.media.Sound;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks text. Implementations need not be thread-safe: one thread uses them. */
public interface SpeechSynthesizer extends AutoCloseable {
    /** The longest text that is spoken, in characters. */
    int LONGEST_TEXT = 4000;

    /** Names of the voices, the default first. */
    List<String> voices();

    /**
     * Speaks.
     *
     * @param voice one of {@link #voices()}, or null for the default
     * @throws IOException with a message for people when it cannot be spoken
     */
    Sound speak(String text, @Nullable String voice) throws IOException;

    @Override
    void close();
}
