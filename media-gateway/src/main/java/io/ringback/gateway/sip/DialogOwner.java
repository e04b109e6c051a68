package io.ringback.gateway.sip;

import io.ringback.gateway.task.SerialExecutor;

/** The leg that a dialog belongs to, as its conversation sees it. */
interface DialogOwner {
    String legId();

    SerialExecutor executor();

    /** Nothing is left to be sent but repetitions. */
    boolean isFinished();

    void finish();
}
