package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Identities;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Subscriptions;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code FirstAnswers} and of what keeps them: of the same request one is carried out. */
public abstract class RepetitionContract extends StorageContract {
    private static final String CALL = "call0000000000000001";
    private static final String OTHER_CALL = "call0000000000000002";
    private static final String REQUEST = "a hash of a request";

    @Test
    void anAnswerComesBackAsItWasKept() {
        FirstAnswer answer = new FirstAnswer(
                REQUEST,
                "a hash of a body",
                "sealed",
                List.of(new StreamRef(CALL, CallSamples.CALLBACKS), new StreamRef(CALL, CallSamples.OTHER_CALLBACKS)),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(24)));
        assertThat(storage.firstAnswers().find(REQUEST, clock.instant())).isEmpty();

        assertThat(commit(fresh(CALL), answer)).isEqualTo(CommitResult.STORED);

        assertThat(storage.firstAnswers().find(REQUEST, clock.instant())).contains(answer);
        assertThat(storage.firstAnswers().find("another", clock.instant())).isEmpty();
    }

    @Test
    void theSameRequestCreatesOneCall() {
        assertThat(commit(fresh(CALL), answer("first"))).isEqualTo(CommitResult.STORED);
        assertThat(commit(fresh(OTHER_CALL), answer("second"))).isEqualTo(CommitResult.REPEATED);

        assertThat(storage.calls().load(OTHER_CALL)).isEmpty();
        assertKept("first");
    }

    @Test
    void theSameRequestChangesACallOnceWhateverTheVersion() {
        commit(fresh(CALL), null);
        ServerCall loaded = load();
        assertThat(commit(loaded, answer("first"))).isEqualTo(CommitResult.STORED);

        assertThat(commit(loaded, answer("second"))).isEqualTo(CommitResult.REPEATED);
        assertThat(commit(load(), answer("second"))).isEqualTo(CommitResult.REPEATED);

        assertThat(load().version()).isEqualTo(2);
        assertKept("first");
    }

    @Test
    void whatIsNotCarriedOutIsNotKept() {
        commit(fresh(CALL), null);
        ServerCall loaded = load();
        commit(loaded, null);

        assertThat(commit(loaded, answer("first"))).isEqualTo(CommitResult.OVERTAKEN);

        assertThat(storage.firstAnswers().find(REQUEST, clock.instant())).isEmpty();
        assertThat(commit(load(), answer("second"))).isEqualTo(CommitResult.STORED);
        assertKept("second");
    }

    @Test
    void anAnswerExpiresInTheSecondAfterItsTime() {
        commit(fresh(CALL), answer("first"));
        clock.advance(Duration.ofHours(24));
        assertThat(commit(load(), answer("second"))).isEqualTo(CommitResult.REPEATED);
        assertKept("first");

        clock.advance(Duration.ofSeconds(1));
        assertThat(storage.firstAnswers().find(REQUEST, clock.instant())).isEmpty();
        assertThat(commit(load(), answer("second"))).isEqualTo(CommitResult.STORED);
        assertKept("second");
    }

    @Test
    void theSameRequestAddsOneSubscription() {
        assertThat(storage.subscriptions().add(subscription("a"), answer("first")))
                .isEqualTo(Subscriptions.Added.ADDED);
        assertThat(storage.subscriptions().add(subscription("b"), answer("second")))
                .isEqualTo(Subscriptions.Added.REPEATED);

        assertThat(storage.subscriptions().all()).containsExactly(subscription("a"));
        assertKept("first");
    }

    @Test
    void aSubscriptionTooManyKeepsNoAnswer() {
        for (int i = 0; i < Subscription.MOST; i++) {
            storage.subscriptions().add(subscription("s" + i));
        }
        assertThat(storage.subscriptions().add(subscription("more"), answer("first")))
                .isEqualTo(Subscriptions.Added.FULL);
        assertThat(storage.firstAnswers().find(REQUEST, clock.instant())).isEmpty();
    }

    @Test
    void theSameRequestAddsOneUser() {
        assertThat(storage.identities().add(user("bob"), answer("first"))).isEqualTo(Identities.Added.ADDED);
        assertThat(storage.identities().add(user("eve"), answer("second"))).isEqualTo(Identities.Added.REPEATED);

        assertThat(storage.identities().page(null, 10)).containsExactly(user("bob"));
        assertKept("first");
    }

    @Test
    void aUserWhoseNameIsTakenKeepsNoAnswer() {
        storage.identities().add(user("bob"));

        assertThat(storage.identities().add(user("bob"), answer("first"))).isEqualTo(Identities.Added.TAKEN);
        assertThat(storage.firstAnswers().find(REQUEST, clock.instant())).isEmpty();
    }

    @Test
    void ofManyAtOnceOneIsCarriedOut() throws Exception {
        int rivals = 8;
        List<Callable<Boolean>> calls = new ArrayList<>();
        List<Callable<Boolean>> subscriptions = new ArrayList<>();
        for (int i = 0; i < rivals; i++) {
            String id = "call000000000000010" + i;
            FirstAnswer ofCall = answer("call " + i);
            FirstAnswer ofSubscription = answer("another request", "subscription " + i);
            calls.add(() -> commit(fresh(id), ofCall) == CommitResult.STORED);
            subscriptions.add(
                    () -> storage.subscriptions().add(subscription(id), ofSubscription) == Subscriptions.Added.ADDED);
        }
        assertThat(atOnce(calls).stream().filter(done -> done)).hasSize(1);
        assertThat(atOnce(subscriptions).stream().filter(done -> done)).hasSize(1);
        assertThat(storage.subscriptions().all()).hasSize(1);
    }

    private static List<Boolean> atOnce(List<Callable<Boolean>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<Boolean> answers = new ArrayList<>();
            for (Future<Boolean> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    private CommitResult commit(ServerCall call, @Nullable FirstAnswer answer) {
        return storage.calls()
                .commit(new Commit(call, List.of(), CallSamples.causes(clock.instant()), clock.instant(), answer));
    }

    private void assertKept(String sealed) {
        assertThat(storage.firstAnswers().find(REQUEST, clock.instant()))
                .hasValueSatisfying(answer -> assertThat(answer.sealed()).isEqualTo(sealed));
    }

    private FirstAnswer answer(String sealed) {
        return answer(REQUEST, sealed);
    }

    private FirstAnswer answer(String request, String sealed) {
        return new FirstAnswer(
                request,
                "a hash of a body",
                sealed,
                List.of(),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(24)));
    }

    private ServerCall fresh(String id) {
        return CallSamples.fresh(id, clock.instant());
    }

    private ServerCall load() {
        return storage.calls().load(CALL).orElseThrow();
    }

    private Subscription subscription(String id) {
        return new Subscription(
                id,
                CallSamples.CALLBACK,
                Set.of(),
                List.of(),
                FakeClock.atNoon().instant());
    }

    private UserIdentity user(String name) {
        return new UserIdentity(
                Identifier.ofUser(name), name, "hash", null, FakeClock.atNoon().instant());
    }
}
