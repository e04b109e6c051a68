package io.ringback.gateway.report;

import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.gateway.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the journal with the call items: what is applied is dropped, what is not is sent again. Run every 30 s, by
 * one thread.
 */
public final class Acknowledger {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    /** Events of one call sent again at a time; the rest follows the next time. */
    static final int AT_ONCE = 100;

    /** An event younger than this is still on its way. */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    /** How long the numbers of a call that owes nothing are kept, so that a late order does not start from 1 again. */
    static final Duration SETTLED = Duration.ofMinutes(10);

    /** After so long without a call item, nobody will ever ask for its events. */
    static final Duration UNKNOWN = Duration.ofHours(1);

    /** A call that came in has its item only when its first event is applied, which may have to wait for that long. */
    static final Duration NOT_YET_KNOWN = Duration.ofDays(4);

    private final Journal journal;
    private final CallStore calls;
    private final EventCourier courier;
    private final InstantSource clock;
    private final Map<String, Instant> settledSince = new HashMap<>();
    private final Map<String, Instant> unknownSince = new HashMap<>();

    public Acknowledger(Journal journal, CallStore calls, EventCourier courier, InstantSource clock) {
        this.journal = journal;
        this.calls = calls;
        this.courier = courier;
        this.clock = clock;
    }

    /** Looks at every call in the journal. One that cannot be read is left to the next time, and holds up no other. */
    public void run() {
        Instant now = clock.instant();
        int failed = 0;
        RuntimeException last = null;
        for (Journal.Debt call : journal.debts()) {
            try {
                look(call.serverCallId(), now);
            } catch (RuntimeException e) {
                failed++;
                last = e;
            }
        }
        if (last != null) {
            LOG.warn("the events of {} calls could not be compared with them, the last because", failed, last);
        }
    }

    private void look(String id, Instant now) {
        List<MediaReport> events = journal.eventsAfter(id, 0);
        if (events.isEmpty()) {
            settle(id, now);
            return;
        }
        settledSince.remove(id);
        if (events.get(0).at().isAfter(now.minus(ON_ITS_WAY))) {
            return;
        }
        Optional<ServerCall> call = calls.load(id);
        boolean beginsCall = events.get(0).event() instanceof MediaEvent.CallOffered;
        if (call.isEmpty()) {
            if (isPast(unknownSince, id, now, beginsCall ? NOT_YET_KNOWN : UNKNOWN)) {
                LOG.warn("{} events of call {} are dropped: there is no such call", events.size(), id);
                journal.abandon(id);
            } else if (beginsCall) {
                sendAgain(events, 0, now);
            }
            return;
        }
        unknownSince.remove(id);
        long applied = call.get().lastAppliedEvent();
        journal.acknowledge(id, applied);
        sendAgain(events, applied, now);
    }

    private void sendAgain(List<MediaReport> events, long applied, Instant now) {
        events.stream()
                .filter(event -> event.number() > applied && event.at().isBefore(now.minus(ON_ITS_WAY)))
                .limit(AT_ONCE)
                .forEach(event -> courier.send(event, now.getEpochSecond()));
    }

    private void settle(String id, Instant now) {
        if (isPast(settledSince, id, now, SETTLED) && !journal.forgetIfSettled(id)) {
            settledSince.remove(id);
        }
    }

    private static boolean isPast(Map<String, Instant> since, String id, Instant now, Duration allowed) {
        Instant first = since.putIfAbsent(id, now);
        if (first == null || first.plus(allowed).isAfter(now)) {
            return false;
        }
        since.remove(id);
        return true;
    }
}
