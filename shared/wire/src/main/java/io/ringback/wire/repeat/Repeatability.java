package io.ringback.wire.repeat;

import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What the headers of a request say about its being sent again. */
public sealed interface Repeatability {
    String REQUEST_ID = "Repeatability-Request-ID";
    String FIRST_SENT = "Repeatability-First-Sent";
    String RESULT = "Repeatability-Result";

    /** How long after its first sending a request may be sent again. */
    Duration LIFE = Duration.ofHours(24);

    /** How far a client's clock may be ahead of ours: as far as that of a signature. */
    Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Nothing: it is not meant to be. */
    record None() implements Repeatability {}

    /** It may be. */
    record Repeatable(String id, Instant firstSent) implements Repeatability {}

    /** Something that cannot be relied on, so the request must not be carried out. */
    record Unusable(Decision.Rejected refusal) implements Repeatability {}

    /**
     * Reads the two headers.
     *
     * @param id of {@link #REQUEST_ID}; a UUID, in letters of either case
     * @param firstSent of {@link #FIRST_SENT}; an IMF-fixdate (RFC 9110 §5.6.7)
     */
    static Repeatability read(Optional<String> id, Optional<String> firstSent, Instant now) {
        if (id.isEmpty()) {
            return firstSent.isEmpty()
                    ? new None()
                    : unusable(ErrorCode.MALFORMED, REQUEST_ID, "is missing; a UUID is required beside " + FIRST_SENT);
        }
        if (!Headers.isUuid(id.get())) {
            return unusable(ErrorCode.MALFORMED, REQUEST_ID, "is not a UUID");
        }
        Optional<Instant> sent = firstSent.flatMap(Headers::parse);
        if (sent.isEmpty()) {
            String what = firstSent.isEmpty() ? "is missing" : "is no such date";
            return unusable(
                    ErrorCode.PRECONDITION_FAILED, FIRST_SENT, what + "; accepted is a date like " + Headers.date(now));
        }
        if (sent.get().isAfter(now.plus(CLOCK_SKEW))) {
            return unusable(
                    ErrorCode.PRECONDITION_FAILED,
                    FIRST_SENT,
                    "is more than " + CLOCK_SKEW.toMinutes() + " minutes ahead of the time here, which is "
                            + Headers.date(now));
        }
        if (sent.get().plus(LIFE).getEpochSecond() < now.getEpochSecond()) {
            return unusable(
                    ErrorCode.PRECONDITION_FAILED,
                    FIRST_SENT,
                    "is older than " + LIFE.toHours() + " hours; what became of the request is no longer known");
        }
        return new Repeatable(id.get().toLowerCase(Locale.ROOT), sent.get());
    }

    private static Unusable unusable(ErrorCode code, String header, String what) {
        return new Unusable(new Decision.Rejected(code, "the header " + header + " " + what, header));
    }
}
