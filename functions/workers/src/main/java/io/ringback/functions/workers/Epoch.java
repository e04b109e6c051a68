package io.ringback.functions.workers;

import io.ringback.core.call.GatewayRef;
import java.time.Instant;

/** When a life of a gateway began: its epoch is a ULID, whose first ten characters are milliseconds in base 32. */
final class Epoch {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_LENGTH = 10;

    private Epoch() {}

    /** @throws IllegalArgumentException when the epoch is no ULID */
    static Instant start(GatewayRef life) {
        if (life.epoch().length() < TIME_LENGTH) {
            throw new IllegalArgumentException("not a ULID: " + life.epoch());
        }
        long millis = 0;
        for (int i = 0; i < TIME_LENGTH; i++) {
            int digit = ALPHABET.indexOf(Character.toUpperCase(life.epoch().charAt(i)));
            if (digit < 0) {
                throw new IllegalArgumentException("not a ULID: " + life.epoch());
            }
            millis = millis * ALPHABET.length() + digit;
        }
        return Instant.ofEpochMilli(millis);
    }
}
