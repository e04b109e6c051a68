package io.ringback.local.phones;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The traces of the latest calls, and how often each leg was dialled. Thread-safe and bounded. */
final class NetworkTrace implements AutoCloseable {
    private static final int KEPT_CALLS = 64;
    private static final int KEPT_LEGS = 10_000;
    /** Two minutes at 50 packets a second. */
    private static final int KEPT_PACKETS = 6000;

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final TraceFile file;
    private final Deque<CallTrace> calls = new ArrayDeque<>();
    private final LinkedHashMap<String, Integer> invitesByLeg = new LinkedHashMap<>();

    NetworkTrace(Clock clock, LongSupplier nanoTime, TraceFile file) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.file = file;
    }

    /** An INVITE that begins a call came. */
    CallTrace invited(String number, String legId) {
        CallTrace call = new CallTrace(number, legId, KEPT_PACKETS, clock, nanoTime, file);
        synchronized (this) {
            calls.addLast(call);
            if (calls.size() > KEPT_CALLS) {
                calls.removeFirst();
            }
            invitesByLeg.merge(legId, 1, Integer::sum);
            if (invitesByLeg.size() > KEPT_LEGS) {
                invitesByLeg.remove(invitesByLeg.keySet().iterator().next());
            }
        }
        call.record(PhoneEvent.Kind.INVITED, "");
        return call;
    }

    synchronized List<CallTrace> calls() {
        return List.copyOf(calls);
    }

    synchronized Map<String, Integer> invitesByLeg() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(invitesByLeg));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
