package io.ringback.aws.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.aws.contract.CallLogContract;
import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.CallStoreContract;
import io.ringback.aws.contract.CircuitsContract;
import io.ringback.aws.contract.DeadLettersContract;
import io.ringback.aws.contract.DirectoryContract;
import io.ringback.aws.contract.DueStreamsContract;
import io.ringback.aws.contract.GatewaysContract;
import io.ringback.aws.contract.OutboxContract;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.contract.RedriveContract;
import io.ringback.aws.contract.RepetitionContract;
import io.ringback.aws.contract.ReservationContract;
import io.ringback.aws.contract.StorageUnderTest;
import io.ringback.aws.contract.StreamContract;
import io.ringback.aws.contract.TimelinesContract;
import io.ringback.aws.contract.WaitingLettersContract;
import io.ringback.core.decision.Effect;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The twin in memory is held to every contract of the storage ports. */
class MemoryStorageTest {
    @RegisterExtension
    static final StorageUnderTest STORAGE = new StorageUnderTest(clock -> new MemoryStorage(new PlainEncoder(), clock));

    @Nested
    class Calls extends CallStoreContract {}

    @Nested
    class Streams extends OutboxContract {}

    @Nested
    class DueStreams extends DueStreamsContract {}

    @Nested
    class GivenUp extends DeadLettersContract {}

    @Nested
    class SentAgain extends RedriveContract {}

    @Nested
    class WaitingLetters extends WaitingLettersContract {}

    @Nested
    class GatewayDirectory extends GatewaysContract {}

    @Nested
    class Reservations extends ReservationContract {}

    @Nested
    class UserDirectory extends DirectoryContract {}

    @Nested
    class CallLog extends CallLogContract {}

    @Nested
    class Timelines extends TimelinesContract {}

    @Nested
    class ReceiverCircuits extends CircuitsContract {}

    @Nested
    class Repetition extends RepetitionContract {}

    /** What only a twin does: it fails at once where the table would keep what is wrong. */
    @Nested
    class FailingFast extends StreamContract {
        @Test
        void aGapInAStreamFailsAtOnce() {
            List<Effect> effects = List.of(CallSamples.command(2, clock.instant()));
            assertThatThrownBy(() ->
                            commit(CallSamples.after(CallSamples.fresh(CALL, clock.instant()), effects), effects))
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
            assertThatThrownBy(() ->
                            storage.outbox().advance(first(STREAM), 2, delivered(first(STREAM), 1), clock.instant()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
