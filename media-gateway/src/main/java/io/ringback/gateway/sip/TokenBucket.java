package io.ringback.gateway.sip;

/** So much in a second, and twice that at once after a quiet time. Not thread-safe. */
final class TokenBucket {
    private static final int SECONDS_SAVED = 2;

    private final int perSecond;
    private double tokens;
    private long filledAtMs;

    /** A full one. */
    TokenBucket(int perSecond, long nowMs) {
        this.perSecond = perSecond;
        this.tokens = (double) SECONDS_SAVED * perSecond;
        this.filledAtMs = nowMs;
    }

    /** Takes one; false when there is none. */
    boolean take(long nowMs) {
        double gained = Math.max(0, nowMs - filledAtMs) * perSecond / 1000.0;
        tokens = Math.min((double) SECONDS_SAVED * perSecond, tokens + gained);
        filledAtMs = nowMs;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
