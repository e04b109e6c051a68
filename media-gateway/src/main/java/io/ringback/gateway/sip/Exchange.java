package io.ringback.gateway.sip;

import io.ringback.gateway.task.SerialExecutor;
import javax.sip.message.Response;

/** What comes back for a request of ours, told on the executor. */
interface Exchange {
    SerialExecutor executor();

    /** A provisional or final answer. */
    void answered(Response response);

    /** Nothing came within the transaction's time (RFC 3261 timers B and F). */
    void timedOut();
}
