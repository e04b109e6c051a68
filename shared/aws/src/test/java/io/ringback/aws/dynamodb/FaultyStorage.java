package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.Faults;
import io.ringback.aws.emulated.SharedAws;
import io.ringback.core.call.CallState;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** One table, seen as others see it and through a client whose requests fail in ways only the real service has. */
@ExtendWith(SharedAws.class)
abstract class FaultyStorage {
    static final String CALL = "call0000000000000001";
    static final StreamRef STREAM = new StreamRef(CALL, CALLBACKS);
    /** More than the client makes. */
    static final int EVERY_ATTEMPT = 4;

    final FakeClock clock = FakeClock.atNoon();
    final Faults faults = new Faults();
    /** What others see. */
    DynamoStorage sound;

    DynamoStorage faulty;

    @BeforeEach
    final void open(EmulatedAws aws) {
        String table = aws.createTable();
        sound = new DynamoStorage(aws.dynamoDb(), table, clock);
        faulty = new DynamoStorage(aws.dynamoDb(faults), table, clock);
    }

    @AfterEach
    final void everyFaultHappened() {
        assertThat(faults.left()).isZero();
    }

    final ServerCall fresh() {
        return CallSamples.fresh(CALL, clock.instant());
    }

    final ServerCall created() {
        assertThat(sound.calls().commit(commit(fresh()))).isEqualTo(CommitResult.STORED);
        return sound.calls().load(CALL).orElseThrow();
    }

    final boolean commitEvent(ServerCall call) {
        return faulty.calls().commit(commit(call)) == CommitResult.STORED;
    }

    /** One event more. */
    final Commit commit(ServerCall call) {
        long next = call.nextSequence().getOrDefault(CALLBACKS.key(), 1L);
        List<Effect> events = List.of(CallSamples.event(CALLBACK, next, clock.instant()));
        ServerCall changed = CallSamples.inState(call, CallState.ESTABLISHED, clock.instant());
        return CallSamples.commit(changed, events, clock.instant());
    }

    final void assertOneCommit() {
        assertThat(sound.calls().load(CALL).orElseThrow().version()).isEqualTo(1);
        assertThat(rows()).hasSize(1);
    }

    final List<Row> rows() {
        return sound.outbox().read(STREAM, 100).rows();
    }
}
