package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Outbox.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Whatever answer got lost, a commit happened once or not at all, and whoever made it knows. */
class CommitFaultsTest extends FaultyStorage {
    @Test
    void aCommitWhoseAnswerGotLostSucceeds() {
        faults.loseAnswers(TransactWriteItemsRequest.class, 1);

        assertThat(commitEvent(fresh())).isTrue();
        assertOneCommit();
    }

    @Test
    void aCommitThatNeverGotAnAnswerIsFoundByItsHistoryRow() {
        faults.loseAnswers(TransactWriteItemsRequest.class, EVERY_ATTEMPT);

        assertThat(commitEvent(fresh())).isTrue();
        assertOneCommit();
    }

    @Test
    void aCommitWhoseAnswerGotLostAndThatWasOvertakenSucceeded() {
        faults.loseAnswers(TransactWriteItemsRequest.class, EVERY_ATTEMPT);
        faults.meanwhile(GetItemRequest.class, () -> {
            ServerCall ours = sound.calls().load(CALL).orElseThrow();
            assertThat(sound.calls().commit(commit(ours))).isEqualTo(CommitResult.STORED);
        });

        assertThat(commitEvent(fresh())).isTrue();
        assertThat(rows()).extracting(Row::firstSequence).containsExactly(1L, 2L);
    }

    @Test
    void anAnswerThatSomebodyElseWasFasterMayComeLate() {
        ServerCall loaded = created();
        assertThat(sound.calls().commit(commit(loaded))).isEqualTo(CommitResult.STORED);
        faults.timeOut(TransactWriteItemsRequest.class, 1);

        assertThat(commitEvent(loaded)).isFalse();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aCommitThatMayBeUnderWayIsNeitherYesNorNo() {
        ServerCall loaded = created();
        faults.timeOut(TransactWriteItemsRequest.class, EVERY_ATTEMPT);

        assertThatThrownBy(() -> commitEvent(loaded)).isInstanceOf(SdkException.class);
        assertThat(sound.calls().load(CALL)).contains(loaded);
        assertThat(rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConditionalCheckFailed", "TransactionConflict", "ThrottlingError"})
    void aCancelledCommitIsDecidedAgain(String reason) {
        ServerCall loaded = created();
        faults.cancel(TransactWriteItemsRequest.class, reason, "None", "None");

        assertThat(commitEvent(loaded)).isFalse();
        assertThat(sound.calls().load(CALL)).contains(loaded);
        assertThat(rows()).hasSize(1);
        assertThat(commitEvent(loaded)).isTrue();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aCommitThatCannotBeIsABug() {
        ServerCall loaded = created();
        faults.cancel(TransactWriteItemsRequest.class, "ValidationError", "None", "None");

        assertThatThrownBy(() -> commitEvent(loaded)).isInstanceOf(TransactionCanceledException.class);
        assertThat(sound.calls().load(CALL)).contains(loaded);
    }

    @Test
    void throttlingIsWaitedOut() {
        faults.throttle(TransactWriteItemsRequest.class, 2).throttle(GetItemRequest.class, 1);

        assertThat(commitEvent(fresh())).isTrue();
        assertThat(faulty.calls().load(CALL)).isPresent();
        assertOneCommit();
    }
}
