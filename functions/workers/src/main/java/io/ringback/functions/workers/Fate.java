package io.ringback.functions.workers;

import io.ringback.core.port.Outbox.Attempt;

/** What became of one media command. */
record Fate(Attempt.Outcome outcome, int status, String detail) {
    static Fate voided(String detail) {
        return new Fate(Attempt.Outcome.VOID, 0, detail);
    }

    static Fate failed(int status, String detail) {
        return new Fate(Attempt.Outcome.FAILED, status, detail);
    }
}
