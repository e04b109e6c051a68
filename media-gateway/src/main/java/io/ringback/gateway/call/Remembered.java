package io.ringback.gateway.call;

import java.util.LinkedHashSet;
import java.util.Set;

/** Ids of what has ended and was told, so that it is not told twice; the oldest are forgotten beyond a bound. */
final class Remembered {
    private static final int BOUND = 1000;

    private final Set<String> ids = new LinkedHashSet<>();

    /** @return false if it was remembered before */
    boolean add(String id) {
        if (!ids.add(id)) {
            return false;
        }
        if (ids.size() > BOUND) {
            ids.remove(ids.iterator().next());
        }
        return true;
    }

    boolean contains(String id) {
        return ids.contains(id);
    }
}
