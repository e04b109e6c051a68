package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.Faults;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** After each fault that only the real service makes, the state is what the contract says. */
class DynamoFaultsTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final String CALL = "call0000000000000001";
    private static final String REQUEST = "a hash of a request";
    private static final StreamRef STREAM = new StreamRef(CALL, CALLBACKS);
    /** More than the client makes. */
    private static final int EVERY_ATTEMPT = 4;

    private final FakeClock clock = FakeClock.atNoon();
    private final Faults faults = new Faults();
    private String table;
    /** What others see. */
    private DynamoStorage sound;

    private DynamoStorage faulty;

    @BeforeAll
    static void warmUp() {
        AWS.createTable();
    }

    @AfterAll
    static void close() {
        AWS.close();
    }

    @BeforeEach
    void open() {
        table = AWS.createTable();
        sound = new DynamoStorage(AWS.dynamoDb(), table, clock);
        faulty = new DynamoStorage(AWS.dynamoDb(faults), table, clock);
    }

    @AfterEach
    void everyFaultHappened() {
        assertThat(faults.left()).isZero();
    }

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

    @Test
    void anAdvanceWhoseAnswerGotLostIsOurs() {
        created();
        Row row = rows().get(0);
        faults.loseAnswers(UpdateItemRequest.class, 2);

        assertThat(faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isPresent();
        assertThat(rows()).isEmpty();
    }

    @Test
    void aPostponementWhoseAnswerGotLostIsCountedOnce() {
        created();
        Row row = rows().get(0);
        faults.loseAnswers(UpdateItemRequest.class, 1);

        Attempt failed = new Attempt(1, clock.instant(), Outcome.FAILED, 500, "");
        assertThat(faulty.outbox().postpone(row, failed, clock.instant().plusSeconds(1)))
                .contains(rows().get(0));
        assertThat(rows().get(0).attemptsInARow()).isEqualTo(1);
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void anAdvanceThatSomebodyElseMadeIsNotOurs() {
        created();
        Row row = rows().get(0);
        faults.timeOut(UpdateItemRequest.class, 1);
        sound.outbox().advance(row, 1, delivered(), clock.instant());

        assertThat(faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isEmpty();
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void aCursorThatWasLeftBehindIsPassedAndPutRight() {
        created();
        Row row = rows().get(0);
        // The row is finished; the consumer dies before the cursor moves.
        faults.meanwhile(UpdateItemRequest.class, () -> {}).timeOut(UpdateItemRequest.class, EVERY_ATTEMPT);
        assertThatThrownBy(() -> faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isInstanceOf(SdkException.class);
        commitEvent(sound.calls().load(CALL).orElseThrow());

        assertThat(rows()).extracting(Row::firstSequence).containsExactly(2L);
        assertThat(CursorRow.parse(sound.item(CursorRow.key(STREAM))).next()).isEqualTo(2);
    }

    @Test
    void anIndexThatLagsOnlyDelaysThePoke() {
        created();
        clock.advance(Duration.ofMinutes(1));
        int shard = Math.floorMod(OutboxRow.partition(STREAM).hashCode(), Outbox.DUE_SHARDS);
        faults.staleIndex(QueryResponse.builder().items(List.of()).build());

        assertThat(faulty.outbox().due(shard, clock.instant(), 10)).isEmpty();
        assertThat(faulty.outbox().due(shard, clock.instant(), 10)).containsExactly(STREAM);
    }

    @Test
    void anIndexThatStillShowsAFinishedRowCostsAnEmptyLook() {
        created();
        sound.outbox().advance(rows().get(0), 1, delivered(), clock.instant());
        faults.staleIndex(
                QueryResponse.builder().items(List.of(OutboxRow.key(STREAM, 1))).build());

        assertThat(faulty.outbox().due(0, clock.instant(), 10)).containsExactly(STREAM);
        assertThat(faulty.outbox().read(STREAM, 10)).isEqualTo(new Outbox.Reading(List.of(), false, false, null));
    }

    @Test
    void aFenceWhoseAnswerGotLostHolds() {
        Gateway gateway =
                new Gateway(CallSamples.GATEWAY, URI.create("http://10.0.0.1"), 0, 1, false, false, clock.instant());
        faulty.gateways().heartbeat(gateway);
        faults.loseAnswers(UpdateItemRequest.class, 1);

        assertThat(faulty.gateways().fence(gateway, clock.instant())).isTrue();
        assertThat(faulty.gateways().heartbeat(gateway)).isFalse();
    }

    @Test
    void placesAreTakenOnceWhenTheAnswerGotLost() {
        sound.gateways().heartbeat(CallSamples.gateway(1, clock.instant()));
        faults.loseAnswers(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.calls().commit(dial(fresh()))).isEqualTo(CommitResult.STORED);
        assertThat(freeLegs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TransactionConflict", "ThrottlingError"})
    void whereOnlyThePlacesAreFoughtForTheSameIsCommittedAgain(String reason) {
        sound.gateways().heartbeat(CallSamples.gateway(1, clock.instant()));
        faults.cancel(TransactWriteItemsRequest.class, "None", "None", "None", reason);

        assertThat(faulty.calls().commit(dial(fresh()))).isEqualTo(CommitResult.CROWDED);
        assertThat(freeLegs()).isEqualTo(1);
        assertThat(faulty.calls().commit(dial(fresh()))).isEqualTo(CommitResult.STORED);
    }

    @Test
    void whoeverWasFasterCountsMoreThanThatTheGatewayIsFull() {
        ServerCall loaded = created();
        assertThat(sound.calls().commit(commit(loaded))).isEqualTo(CommitResult.STORED);
        sound.gateways().heartbeat(CallSamples.gateway(0, clock.instant()));

        assertThat(sound.calls().commit(dial(loaded))).isEqualTo(CommitResult.OVERTAKEN);
    }

    @Test
    void aHeartbeatGetsThroughBetweenReservations() {
        faults.conflict(UpdateItemRequest.class, 5);

        assertThat(faulty.gateways().heartbeat(CallSamples.gateway(1, clock.instant())))
                .isTrue();
    }

    @Test
    void aFirstHeartbeatWhoseAnswerGotLostForgetsNoReservation() {
        // A later heartbeat is tried first, and there is none before it; the life begins, unheard.
        faults.meanwhile(UpdateItemRequest.class, () -> {}).loseAnswers(UpdateItemRequest.class, 1);
        faulty.gateways().heartbeat(CallSamples.gateway(2, clock.instant()));
        assertThat(sound.calls().commit(dial(fresh()))).isEqualTo(CommitResult.STORED);
        faulty.gateways().heartbeat(CallSamples.gateway(2, clock.instant()));

        assertThat(freeLegs()).isEqualTo(1);
    }

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

    private Subscription subscription() {
        return new Subscription("subscription-1", CALLBACK, Set.of(), List.of(), clock.instant());
    }

    private ServerCall fresh() {
        return CallSamples.fresh(CALL, clock.instant());
    }

    private ServerCall created() {
        assertThat(sound.calls().commit(commit(fresh()))).isEqualTo(CommitResult.STORED);
        return sound.calls().load(CALL).orElseThrow();
    }

    /** Somebody is dialled. */
    private Commit dial(ServerCall call) {
        List<Effect> dials = List.of(CallSamples.command(1, clock.instant()));
        return new Commit(CallSamples.after(call, dials), dials, CallSamples.causes(clock.instant()), clock.instant());
    }

    private int freeLegs() {
        return sound.gateways()
                .find(CallSamples.GATEWAY.gatewayId())
                .orElseThrow()
                .legs()
                .free();
    }

    private boolean commitEvent(ServerCall call) {
        return faulty.calls().commit(commit(call)) == CommitResult.STORED;
    }

    /** One event more. */
    private Commit commit(ServerCall call) {
        long next = call.nextSequence().getOrDefault(CALLBACKS.key(), 1L);
        List<Effect> events = List.of(CallSamples.event(CALLBACK, next, clock.instant()));
        ServerCall changed = CallSamples.inState(call, CallState.ESTABLISHED, clock.instant());
        return new Commit(
                CallSamples.after(changed, events), events, CallSamples.causes(clock.instant()), clock.instant());
    }

    private void assertOneCommit() {
        assertThat(sound.calls().load(CALL).orElseThrow().version()).isEqualTo(1);
        assertThat(rows()).hasSize(1);
    }

    private List<Row> rows() {
        return sound.outbox().read(STREAM, 100).rows();
    }

    private int attempts() {
        return new ItemReader(sound.item(OutboxRow.key(STREAM, 1)))
                .list("attempts", value -> value)
                .size();
    }

    private List<Attempt> delivered() {
        return List.of(new Attempt(1, clock.instant(), Outcome.DELIVERED, 200, ""));
    }
}
