package io.ringback.core.call;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a play speaks. */
public sealed interface PromptSource {
    /**
     * An audio file by URL.
     *
     * @param audioFileId the cache key, if the application named one; else the URL is
     */
    record File(URI uri, @Nullable String audioFileId) implements PromptSource {}

    /**
     * Text for the speech synthesizer.
     *
     * @param voice the synthesizer's name of a voice, or null for its default
     */
    record Text(String text, @Nullable String voice) implements PromptSource {}
}
