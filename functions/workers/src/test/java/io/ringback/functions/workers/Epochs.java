package io.ringback.functions.workers;

import java.time.Instant;

/** Lives of gateways, by when they begin. */
final class Epochs {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Epochs() {}

    /** The epoch of a life that begins at this moment: a ULID. */
    static String at(Instant beginning) {
        long millis = beginning.toEpochMilli();
        StringBuilder time = new StringBuilder();
        for (int i = 9; i >= 0; i--) {
            time.append(ALPHABET.charAt((int) ((millis >> (5 * i)) & 31)));
        }
        return time + "0000000000000000";
    }
}
