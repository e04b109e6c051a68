package io.ringback.wire.json;

import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be understood. The message says what was wrong and what is accepted, the target where. It is
 * thrown where it is found, deep in a codec, and caught in one place, where it becomes an answer; so it has no stack
 * trace.
 */
public final class MalformedRequest extends RuntimeException {
    private final @Nullable String target;

    /** @param target JSON path or name of a parameter; null when it is the body as a whole */
    public MalformedRequest(String message, @Nullable String target) {
        super(message, null, false, false);
        this.target = target;
    }

    /** The message; never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public @Nullable String target() {
        return target;
    }
}
