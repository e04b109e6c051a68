package io.ringback.gateway.sip;

import org.jspecify.annotations.Nullable;

/** Which of several refusals of one call counts (RFC 3261 §16.7, step 6). */
final class Refusals {
    private Refusals() {}

    /**
     * True if the one counts more than the other: 6xx, then the lowest class, and within 4xx what tells more about the
     * user than about a phone. No status at all counts least.
     */
    static boolean isBetter(@Nullable Integer one, @Nullable Integer other) {
        return rank(one) < rank(other);
    }

    private static int rank(@Nullable Integer status) {
        if (status == null) {
            return 1000;
        }
        int withinClass = switch (status) {
            // A phone that is busy or turned away says more than one that did not ring or was cancelled by us.
            case 486 -> 0;
            case 480 -> 5;
            case 401, 407, 415, 420, 484 -> 10;
            case 408, 487 -> 90;
            case 503 -> 99;
            default -> 50;
        };
        return (status >= 600 ? 0 : status / 100 * 100) + withinClass;
    }
}
