package io.ringback.core.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a call that its recording leaves out.
 *
 * @param end null while the pause lasts
 */
public record Pause(Instant start, @Nullable Instant end) {}
