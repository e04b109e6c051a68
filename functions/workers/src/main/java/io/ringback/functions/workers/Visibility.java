package io.ringback.functions.workers;

import java.time.Duration;
import java.util.List;

/** Says when messages that are handed back may be received again. */
interface Visibility {
    /**
     * Sets the visibility time-out of these messages of one group, at most ten. A failure is logged and not thrown:
     * they then come back after the queue's own time-out.
     *
     * @param time rounded up to whole seconds, at most 12 h
     */
    void hide(List<String> receiptHandles, Duration time);
}
