package io.ringback.wire.callingserver;

import io.ringback.core.port.Outbox;
import java.time.Instant;

/**
 * One attempt at an event or an order.
 *
 * @param outcome delivered, failed, dead or void
 * @param status the HTTP status of the answer; 0 when there was none
 */
record AttemptJson(Instant at, String outcome, int status, String detail) {
    static AttemptJson of(Outbox.Attempt attempt) {
        return new AttemptJson(attempt.at(), WireNames.of(attempt.outcome()), attempt.status(), attempt.detail());
    }
}
