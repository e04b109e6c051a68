package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Identities;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Whatever answer got lost, of several requests that are the same one keeps its answer, and knows. */
class FirstAnswerFaultsTest extends FaultyStorage {
    private static final String REQUEST = "a hash of a request";

    @Test
    void anAnswerThatIsKeptWithACommitWhoseOwnAnswerGotLostIsOurs() {
        faults.loseAnswers(TransactWriteItemsRequest.class, EVERY_ATTEMPT);

        assertThat(faulty.calls().commit(commit(fresh(), "ours"))).isEqualTo(CommitResult.STORED);
        assertKept("ours");
        assertOneCommit();
    }

    @Test
    void theSameRequestThatWasFasterWhileAnAttemptGotNoAnswerIsNotOurs() {
        // The first attempt is lost on its way; before the second, the same request makes its own call.
        faults.timeOut(TransactWriteItemsRequest.class, 1).meanwhile(TransactWriteItemsRequest.class, () -> {
            ServerCall other = CallSamples.fresh("call0000000000000002", clock.instant());
            assertThat(sound.calls().commit(commit(other, "the other's"))).isEqualTo(CommitResult.STORED);
        });

        assertThat(faulty.calls().commit(commit(fresh(), "ours"))).isEqualTo(CommitResult.REPEATED);
        assertKept("the other's");
        assertThat(sound.calls().load(CALL)).isEmpty();
    }

    @Test
    void theSameRequestThatIsUnderWayIsWaitedOut() {
        ServerCall loaded = created();
        faults.cancel(TransactWriteItemsRequest.class, "None", "None", "None", "TransactionConflict");

        assertThat(faulty.calls().commit(commit(loaded, "ours"))).isEqualTo(CommitResult.OVERTAKEN);
        assertThat(sound.firstAnswers().find(REQUEST, clock.instant())).isEmpty();
    }

    @Test
    void aUserWhoMetTheSameRequestIsAddedAfterAllOrNot() {
        UserIdentity bob = new UserIdentity(Identifier.ofUser("bob"), "bob", "hash", "Bob", clock.instant());
        UserIdentity eve = new UserIdentity(Identifier.ofUser("eve"), "eve", "hash", "Eve", clock.instant());
        faults.cancel(TransactWriteItemsRequest.class, "None", "TransactionConflict")
                .loseAnswers(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.identities().add(bob, answer("ours"))).isEqualTo(Identities.Added.ADDED);
        assertThat(faulty.identities().add(eve, answer("another's"))).isEqualTo(Identities.Added.REPEATED);
        assertKept("ours");
    }

    private void assertKept(String sealed) {
        assertThat(sound.firstAnswers().find(REQUEST, clock.instant()))
                .hasValueSatisfying(answer -> assertThat(answer.sealed()).isEqualTo(sealed));
    }

    private FirstAnswer answer(String sealed) {
        return new FirstAnswer(
                REQUEST,
                "body",
                sealed,
                List.of(STREAM),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(24)));
    }

    private Commit commit(ServerCall call, String sealed) {
        Commit commit = commit(call);
        return new Commit(commit.next(), commit.effects(), commit.causes(), commit.at(), answer(sealed));
    }
}
