package io.ringback.aws.dynamodb;

import java.time.Duration;
import java.time.Instant;

/**
 * When rows may go. A call goes with its retention counted from its end; its rows are written before the end is known
 * and must not go earlier, so they are kept for longer than the longest call (four hours) beyond it.
 */
final class Retention {
    /** How long a call is kept after its end, unless the deployment says otherwise. */
    static final Duration DEFAULT = Duration.ofDays(30);

    /** A dead letter can be sent again for at least so long. */
    static final Duration DEAD_LETTER = Duration.ofDays(7);

    private static final Duration LONGEST_CALL = Duration.ofDays(1);

    private Retention() {}

    /** The end of a row that was finished now. */
    static Instant ofRow(Instant now, Duration retention) {
        return now.plus(retention).plus(LONGEST_CALL);
    }

    /** The end of a row with a dead letter that was finished now. */
    static Instant ofDeadRow(Instant now, Duration retention) {
        return ofRow(now, retention.compareTo(DEAD_LETTER) > 0 ? retention : DEAD_LETTER);
    }
}
