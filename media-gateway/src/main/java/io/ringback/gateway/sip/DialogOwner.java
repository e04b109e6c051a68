package io.ringback.gateway.sip;

import java.util.concurrent.Executor;

/** The leg that a dialog belongs to, as its conversation sees it. */
interface DialogOwner {
    String legId();

    Executor executor();

    /** Nothing is left to be sent but repetitions. */
    boolean isFinished();

    void finish();
}
