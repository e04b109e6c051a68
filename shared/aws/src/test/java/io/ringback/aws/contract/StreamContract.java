package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Calls with room to dial, and what the contracts about them and their streams of effects do all the time. */
public abstract class StreamContract extends StorageContract {
    protected static final String CALL = "call0000000000000001";
    protected static final StreamRef STREAM = new StreamRef(CALL, CALLBACKS);
    static final int ALL = 100;

    @BeforeEach
    final void letAGatewayIn() {
        storage.gateways().heartbeat(CallSamples.gateway(100, clock.instant()));
    }

    protected final boolean commit(ServerCall next, List<Effect> effects) {
        return storage.calls().commit(new Commit(next, effects, CallSamples.causes(clock.instant()), clock.instant()))
                == CommitResult.STORED;
    }

    /** Commits so many events for the callback, each commit one row, on the call as it is. */
    protected final void commitRows(int... sizes) {
        for (int size : sizes) {
            ServerCall call = storage.calls().load(CALL).orElseGet(() -> CallSamples.fresh(CALL, clock.instant()));
            assertThat(commitEvents(call, size)).isTrue();
        }
    }

    /** Commits this call with so many events for the callback. */
    protected final boolean commitEvents(ServerCall call, int size) {
        long next = call.nextSequence().getOrDefault(CALLBACKS.key(), 1L);
        List<Effect> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(CallSamples.event(CALLBACK, next + i, clock.instant()));
        }
        return commit(CallSamples.after(call, events), events);
    }

    protected final ServerCall load() {
        return storage.calls().load(CALL).orElseThrow();
    }

    protected final List<Row> rows(StreamRef stream) {
        return storage.outbox().read(stream, ALL).rows();
    }

    protected final Row first(StreamRef stream) {
        return rows(stream).get(0);
    }

    /** Finishes the rest of a row in this way. */
    protected final Row finish(Row row, Outcome outcome) {
        List<Attempt> attempts = new ArrayList<>();
        for (long sequence = row.firstSequence() + row.done(); sequence < row.nextSequence(); sequence++) {
            attempts.add(new Attempt(sequence, clock.instant(), outcome, 500, "as the test wants it"));
        }
        return storage.outbox()
                .advance(row, row.items().size(), attempts, clock.instant())
                .orElseThrow();
    }

    protected final List<Attempt> delivered(Row row, int done) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = row.done(); i < done; i++) {
            attempts.add(new Attempt(row.firstSequence() + i, clock.instant(), Outcome.DELIVERED, 200, ""));
        }
        return attempts;
    }

    protected final Attempt failed(Row row) {
        return new Attempt(row.firstSequence() + row.done(), clock.instant(), Outcome.FAILED, 503, "busy");
    }

    protected final List<StreamRef> due() {
        List<StreamRef> due = new ArrayList<>();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            due.addAll(storage.outbox().due(shard, clock.instant(), ALL));
        }
        return due;
    }
}
