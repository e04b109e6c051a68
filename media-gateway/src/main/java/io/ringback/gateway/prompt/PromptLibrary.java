package io.ringback.gateway.prompt;

import io.ringback.core.call.PromptSource;
import java.util.concurrent.CompletableFuture;

/** Where plays get their sound. */
public interface PromptLibrary {
    /** Fails the fetch of a file that cannot be reached (native API §3). */
    int UNREACHABLE = 8536;

    /** Fails the fetch of a file that is no audio we play (native API §3). */
    int WRONG_FORMAT = 8535;

    /**
     * Begins to fetch; returns at once. The future never completes exceptionally; cancelling it
     * only stops the waiting.
     */
    CompletableFuture<Fetched> fetch(PromptSource source);

    /** What came of a fetch. */
    sealed interface Fetched {
        /** Sound, mono at the mixing rate. */
        final class Audio implements Fetched {
            private final short[] samples;

            public Audio(short[] samples) {
                this.samples = samples;
            }

            /** Shared by all who play it: nobody writes to it. */
            public short[] samples() {
                return samples;
            }
        }

        /**
         * No sound.
         *
         * @param subcode {@link #UNREACHABLE}, {@link #WRONG_FORMAT} or 0
         * @param message names the URL and what was wrong, for people
         */
        record Refused(int subcode, String message) implements Fetched {}
    }
}
