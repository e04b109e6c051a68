package io.ringback.aws.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.CircuitsContract;
import io.ringback.aws.contract.DeadLettersContract;
import io.ringback.aws.contract.DirectoryContract;
import io.ringback.aws.contract.GatewaysContract;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.contract.ReadingBackContract;
import io.ringback.aws.contract.RepetitionContract;
import io.ringback.aws.contract.ReservationContract;
import io.ringback.aws.contract.Storage;
import io.ringback.aws.contract.StorageContract;
import io.ringback.core.decision.Effect;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryStorageTest extends StorageContract {
    @Override
    protected Storage open(InstantSource clock) {
        return new MemoryStorage(new PlainEncoder(), clock);
    }

    @Test
    void aGapInAStreamFailsAtOnce() {
        List<Effect> effects = List.of(CallSamples.command(2, clock.instant()));
        assertThatThrownBy(() -> commit(CallSamples.after(CallSamples.fresh(CALL, clock.instant()), effects), effects))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 where 1 comes next");
    }

    @Test
    void aCallThatForgetsToCountFailsAtOnce() {
        List<Effect> effects = List.of(CallSamples.command(1, clock.instant()));
        assertThatThrownBy(() -> commit(CallSamples.fresh(CALL, clock.instant()), effects))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("goes on with 2");
    }

    @Test
    void aLogThatDoesNotFinishItsEffectsFailsAtOnce() {
        commitRows(2);
        assertThatThrownBy(
                        () -> storage.outbox().advance(first(STREAM), 2, delivered(first(STREAM), 1), clock.instant()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class GatewayDirectory extends GatewaysContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }

    @Nested
    class Reservations extends ReservationContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }

    @Nested
    class UserDirectory extends DirectoryContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }

    @Nested
    class ReadingBack extends ReadingBackContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }

    @Nested
    class ReceiverCircuits extends CircuitsContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }

    @Nested
    class Repetition extends RepetitionContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }

    @Nested
    class GivenUp extends DeadLettersContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new MemoryStorage(new PlainEncoder(), clock);
        }
    }
}
