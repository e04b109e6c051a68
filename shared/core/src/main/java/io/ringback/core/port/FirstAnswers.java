package io.ringback.core.port;

import java.time.Instant;
import java.util.Optional;

/** The first answers to requests that may come again. They are written with what the requests change, never alone. */
public interface FirstAnswers {
    /**
     * Reads it, strongly consistent; empty when there is none or it has expired.
     *
     * @param request as in {@link FirstAnswer#request()}
     */
    Optional<FirstAnswer> find(String request, Instant now);
}
