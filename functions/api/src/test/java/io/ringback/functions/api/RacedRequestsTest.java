package io.ringback.functions.api;

import static io.ringback.functions.api.NamingClient.RESULT;
import static io.ringback.functions.api.NamingClient.assertAccepted;
import static io.ringback.functions.api.NamingClient.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.core.port.StreamRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** POSTs that name themselves and meet themselves, or die at some step: what is done is done once, and its answer found. */
class RacedRequestsTest {
    @TempDir
    Path folder;

    private ApiBench bench;
    private NamingClient client;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
        client = new NamingClient(bench);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS_TO_CALLS)
    void ofTwoAtOnceTheSlowerGetsTheFastersAnswer(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        AtomicReference<Reply> faster = new AtomicReference<>();
        bench.calls.beforeTheNextCommit(() ->
                faster.set(bench.invokeWith(sample, client.repeatable(sample).text())));

        Reply slower = bench.invokeWith(sample, client.repeatable(sample).text());

        assertAccepted(Objects.requireNonNull(faster.get()));
        assertSame(slower, faster.get());
        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS)
    void whoComesBetweenTheLookAndTheDecisionIsNotMistakenForSomebodyElse(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        AtomicReference<Reply> faster = new AtomicReference<>();
        bench.firstAnswers.afterTheNextLook(() ->
                faster.set(bench.invokeWith(sample, client.repeatable(sample).text())));

        Reply slower = bench.invokeWith(sample, client.repeatable(sample).text());

        assertAccepted(Objects.requireNonNull(faster.get()));
        assertSame(slower, faster.get());
        assertThat(World.of(bench).things()).isEqualTo(before.things() + 1);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS_TO_CALLS)
    void whoLostTheAnswerToItsCommitFindsIt(String sample, Scene scene) {
        scene.set(bench);
        bench.pokes.take();
        World before = World.of(bench);
        bench.calls.afterTheNextCommit(() -> {
            throw new IllegalStateException("the connection is gone");
        });

        Reply reply = bench.invokeWith(sample, client.repeatable(sample).text());

        assertAccepted(reply);
        assertThat(bench.pokes.take()).isEqualTo(streamsOfTheLastCommit());
        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS_TO_CALLS)
    void whatDiedBehindItsCommitIsWokenByTheRepetition(String sample, Scene scene) {
        scene.set(bench);
        bench.pokes.take();
        World before = World.of(bench);
        bench.calls.afterTheNextCommit(() -> {
            throw new Death();
        });
        assertThatThrownBy(
                        () -> bench.invokeWith(sample, client.repeatable(sample).text()))
                .isInstanceOf(Death.class);
        assertThat(bench.pokes.take()).isEmpty();

        assertAccepted(bench.invokeWith(sample, client.sameAgain(sample).text()));

        assertThat(bench.pokes.take()).isEqualTo(streamsOfTheLastCommit());
        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS_TO_CALLS)
    void whatDiedBeforeItsCommitIsCarriedOutByTheRepetition(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        bench.calls.beforeTheNextCommit(() -> {
            throw new Death();
        });
        assertThatThrownBy(
                        () -> bench.invokeWith(sample, client.repeatable(sample).text()))
                .isInstanceOf(Death.class);
        assertThat(World.of(bench)).isEqualTo(before);

        assertAccepted(bench.invokeWith(sample, client.sameAgain(sample).text()));

        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS_TO_CALLS)
    void aRefusedRequestIsNotRemembered(String sample, Scene scene) {
        scene.set(bench);
        bench.calls.loseEveryRace();

        Reply refused = bench.invokeWith(sample, client.repeatable(sample).text());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).doesNotContainKey(RESULT);
        bench.calls.recover();
        assertAccepted(bench.invokeWith(sample, client.sameAgain(sample).text()));
    }

    private List<StreamRef> streamsOfTheLastCommit() {
        var commit = bench.calls.commits().get(bench.calls.commits().size() - 1);
        return commit.effects().stream()
                .map(effect -> new StreamRef(commit.next().serverCallId(), effect.target()))
                .distinct()
                .toList();
    }

    /** The end of the process: nothing catches it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }
}
