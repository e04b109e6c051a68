package io.ringback.aws.dynamodb;

import io.ringback.core.port.Outbox.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * How much a page still takes, so that its answer stays below the 6 MB that a function may give. The first thing on a
 * page is always taken: a list has to go on.
 */
final class PageRoom {
    /** Bytes of JSON, whose quotation marks take two in a function's answer. */
    private static final int BYTES = 2_500_000;

    /** An attempt without its detail. */
    private static final int ATTEMPT = 120;

    /** What a character of a text takes at most. */
    private static final int ESCAPED = 6;

    private boolean taken;
    private int bytes;

    /**
     * Takes something of so many bytes, if there is room.
     *
     * @return whether it was taken
     */
    boolean take(int size) {
        if (taken && bytes + size > BYTES) {
            return false;
        }
        taken = true;
        bytes += size;
        return true;
    }

    /** The bytes of these attempts at most. */
    static int attempts(List<Attempt> attempts) {
        return attempts.stream()
                .mapToInt(attempt -> ATTEMPT + text(attempt.detail()))
                .sum();
    }

    /** The bytes of these names and texts at most. */
    static int texts(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToInt(entry -> ESCAPED + text(entry.getKey()) + text(entry.getValue()))
                .sum();
    }

    /** The bytes of a text at most. */
    static int text(String text) {
        return ESCAPED * text.length();
    }

    /** The bytes of what is JSON already. */
    static int json(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }
}
