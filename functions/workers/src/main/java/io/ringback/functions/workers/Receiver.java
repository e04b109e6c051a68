package io.ringback.functions.workers;

import io.ringback.core.port.Outbox;

/** Whoever is behind a callback URI. */
@FunctionalInterface
interface Receiver {
    /** Posts the event, once; whatever goes wrong is an answer. */
    Answer post(Outbox.Item event);
}
