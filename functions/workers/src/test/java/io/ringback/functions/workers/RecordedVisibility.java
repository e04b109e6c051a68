package io.ringback.functions.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers which messages were hidden and for how long. */
final class RecordedVisibility implements Visibility {
    private final List<Hidden> hidden = new ArrayList<>();

    record Hidden(List<String> receiptHandles, Duration time) {}

    @Override
    public synchronized void hide(List<String> receiptHandles, Duration time) {
        hidden.add(new Hidden(List.copyOf(receiptHandles), time));
    }

    synchronized List<Hidden> hidden() {
        return List.copyOf(hidden);
    }
}
