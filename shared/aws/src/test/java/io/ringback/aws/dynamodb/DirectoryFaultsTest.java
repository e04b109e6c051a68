package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Whatever answer got lost, subscriptions and users are added once. */
class DirectoryFaultsTest extends FaultyStorage {
    @Test
    void aSubscriptionThatMetAnotherOneIsAddedAfterAll() {
        faults.cancel(TransactWriteItemsRequest.class, "None", "TransactionConflict")
                .cancel(TransactWriteItemsRequest.class, "None", "TransactionConflict");

        assertThat(faulty.subscriptions().add(subscription())).isTrue();
        assertThat(sound.subscriptions().all()).containsExactly(subscription());
    }

    @Test
    void aSubscriptionWhoseAnswerGotLostIsCountedOnce() {
        faults.loseAnswers(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.subscriptions().add(subscription())).isTrue();
        ItemReader count = new ItemReader(sound.item(SubscriptionRow.countKey()));
        assertThat(count.number(SubscriptionRow.COUNT)).isEqualTo(1);
    }

    @Test
    void aUserWhoseAnswerGotLostIsOurs() {
        UserIdentity bob = new UserIdentity(Identifier.ofUser("bob"), "bob", "hash", "Bob", clock.instant());
        faults.loseAnswers(PutItemRequest.class, 1);

        assertThat(faulty.identities().add(bob)).isTrue();
    }

    private Subscription subscription() {
        return new Subscription("subscription-1", CALLBACK, Set.of(), List.of(), clock.instant());
    }
}
