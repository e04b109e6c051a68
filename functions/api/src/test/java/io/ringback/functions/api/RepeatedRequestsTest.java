package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ringback.core.port.StreamRef;
import io.ringback.functions.api.routes.RouteTable.Route;
import io.ringback.functions.api.routes.TemplateRoutes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every POST that names itself: sent again it gets its first answer, and nothing is done twice (native API §7). */
class RepeatedRequestsTest {
    private static final String ID = "0f2e9a44-7c1d-4b6a-9a5e-3c8d1f60b7a2";
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final String RESULT = "repeatability-result";

    @TempDir
    Path folder;

    private ApiBench bench;
    private String firstSent = "";

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    /** Each POST that works, with the scene in which it does. */
    static Stream<Arguments> posts() {
        Events events = new Events(ApiBench.KEY);
        Map<String, Scene> scenes = new LinkedHashMap<>(Samples.scenes(EachOperation.class));
        scenes.put("create-event-subscription/ok", Scene.NOTHING);
        scenes.put("create-identity/ok", Scene.NOTHING);
        scenes.put("redrive-dead-letter/ok", Scene.DEAD_LETTER);
        scenes.put("redrive-all-dead-letters/ok", Scene.DEAD_LETTER);
        return scenes.entrySet().stream()
                .filter(row -> events.sample(row.getKey()).routeKey().startsWith("POST "))
                .map(row -> Arguments.of(row.getKey(), row.getValue()));
    }

    /** Those of a call, which are decided again when somebody else was faster. */
    static Stream<Arguments> postsToCalls() {
        return posts().filter(row ->
                !((String) row.get()[0]).matches("(create-(event-subscription|identity)|redrive-.*)/.*"));
    }

    @Test
    void everyPostIsHere() {
        assertThat(posts().map(row -> bench.events.sample((String) row.get()[0]).routeKey()))
                .containsAll(TemplateRoutes.load().routes().stream()
                        .filter((Route route) -> route.method().equals("POST"))
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toSet()));
    }

    /** The bench makes its own edges, so this is about those of a deployment. */
    @Test
    void everyPostIsDeployedWithAnEdgeThatRemembers() {
        JavaClasses functions = new ClassFileImporter().importPackages("io.ringback.functions.api");

        assertThat(Documented.DOCUMENT.operations().stream()
                        .filter(operation -> operation.method().equals("POST"))
                        .map(operation -> operation.id().replaceFirst("OutOfCall$", "") + "Function"))
                .isNotEmpty()
                .allSatisfy(function -> assertThat(
                                functions.get("io.ringback.functions.api." + function).getMethodCallsFromSelf().stream()
                                        .map(call -> call.getTarget().getName()))
                        .anyMatch(name -> name.startsWith("edgeOf")));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void comingAgainItGetsItsFirstAnswerAndWakesTheSameAgain(String sample, Scene scene) {
        scene.set(bench);
        bench.pokes.take();
        Reply first = bench.invokeWith(sample, repeatable(sample).text());
        List<StreamRef> woken = bench.pokes.take();
        World after = World.of(bench);
        // The call is over and forgotten, and almost a day has gone.
        bench.calls.forgetEveryCall();
        bench.clock.advance(Duration.ofHours(24));

        Reply again = bench.invokeWith(sample, sameAgain(sample).text());

        assertAccepted(first);
        assertSame(again, first);
        assertThat(bench.pokes.take()).isEqualTo(woken);
        assertThat(World.of(bench)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void withAnotherBodyItIsAnotherRequestWithAUsedId(String sample, Scene scene) {
        scene.set(bench);
        assertAccepted(bench.invokeWith(sample, repeatable(sample).text()));
        World after = World.of(bench);
        bench.pokes.take();
        SampleEvent other = sameAgain(sample);

        Reply reply = bench.invokeWith(
                sample,
                other.withBody(other.body().isEmpty() ? "{}" : other.body() + " ")
                        .withHeader("content-type", "application/json")
                        .text());

        assertRejected(reply, 409, "409", "Repeatability-Request-ID");
        assertThat(bench.pokes.take()).isEmpty();
        assertThat(World.of(bench)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void withHeadersThatCannotBeReliedOnNothingIsDone(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        SampleEvent event = bench.events.sample(sample);
        Instant now = bench.clock.instant();

        for (String id : List.of("", "1", "not-a-uuid", ID + "," + ID, ID.replace("-", ""))) {
            assertRejected(
                    bench.invokeWith(sample, repeatable(event, id, date(now)).text()),
                    400,
                    "8523",
                    "Repeatability-Request-ID");
        }
        assertRejected(
                bench.invokeWith(
                        sample,
                        event.withHeader("Repeatability-First-Sent", date(now)).text()),
                400,
                "8523",
                "Repeatability-Request-ID");
        List<String> dates = new ArrayList<>(List.of("", now.toString(), "Sun, 32 Nov 2026 11:29:15 GMT"));
        dates.add(date(now.plus(Duration.ofMinutes(5)).plusSeconds(1)));
        dates.add(date(now.minus(Duration.ofHours(24)).minusSeconds(1)));
        for (String date : dates) {
            assertRejected(
                    bench.invokeWith(sample, repeatable(event, ID, date).text()),
                    412,
                    "412",
                    "Repeatability-First-Sent");
        }
        assertRejected(
                bench.invokeWith(
                        sample, event.withHeader("Repeatability-Request-ID", ID).text()),
                412,
                "412",
                "Repeatability-First-Sent");
        assertThat(World.of(bench)).isEqualTo(before);
        assertThat(bench.firstAnswers.looks()).isZero();
    }

    @ParameterizedTest
    @MethodSource("postsToCalls")
    void ofTwoAtOnceTheSlowerGetsTheFastersAnswer(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        AtomicReference<Reply> faster = new AtomicReference<>();
        bench.calls.beforeTheNextCommit(
                () -> faster.set(bench.invokeWith(sample, repeatable(sample).text())));

        Reply slower = bench.invokeWith(sample, repeatable(sample).text());

        assertAccepted(Objects.requireNonNull(faster.get()));
        assertSame(slower, faster.get());
        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void whoComesBetweenTheLookAndTheDecisionIsNotMistakenForSomebodyElse(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        AtomicReference<Reply> faster = new AtomicReference<>();
        bench.firstAnswers.afterTheNextLook(
                () -> faster.set(bench.invokeWith(sample, repeatable(sample).text())));

        Reply slower = bench.invokeWith(sample, repeatable(sample).text());

        assertAccepted(Objects.requireNonNull(faster.get()));
        assertSame(slower, faster.get());
        assertThat(World.of(bench).things()).isEqualTo(before.things() + 1);
    }

    @ParameterizedTest
    @MethodSource("postsToCalls")
    void whoLostTheAnswerToItsCommitFindsIt(String sample, Scene scene) {
        scene.set(bench);
        bench.pokes.take();
        World before = World.of(bench);
        bench.calls.afterTheNextCommit(() -> {
            throw new IllegalStateException("the connection is gone");
        });

        Reply reply = bench.invokeWith(sample, repeatable(sample).text());

        assertAccepted(reply);
        assertThat(bench.pokes.take()).isEqualTo(streamsOfTheLastCommit());
        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource("postsToCalls")
    void whatDiedBehindItsCommitIsWokenByTheRepetition(String sample, Scene scene) {
        scene.set(bench);
        bench.pokes.take();
        World before = World.of(bench);
        bench.calls.afterTheNextCommit(() -> {
            throw new Death();
        });
        assertThatThrownBy(() -> bench.invokeWith(sample, repeatable(sample).text()))
                .isInstanceOf(Death.class);
        assertThat(bench.pokes.take()).isEmpty();

        assertAccepted(bench.invokeWith(sample, sameAgain(sample).text()));

        assertThat(bench.pokes.take()).isEqualTo(streamsOfTheLastCommit());
        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource("postsToCalls")
    void whatDiedBeforeItsCommitIsCarriedOutByTheRepetition(String sample, Scene scene) {
        scene.set(bench);
        World before = World.of(bench);
        bench.calls.beforeTheNextCommit(() -> {
            throw new Death();
        });
        assertThatThrownBy(() -> bench.invokeWith(sample, repeatable(sample).text()))
                .isInstanceOf(Death.class);
        assertThat(World.of(bench)).isEqualTo(before);

        assertAccepted(bench.invokeWith(sample, sameAgain(sample).text()));

        assertThat(World.of(bench).commits()).isEqualTo(before.commits() + 1);
    }

    @ParameterizedTest
    @MethodSource("postsToCalls")
    void aRefusedRequestIsNotRemembered(String sample, Scene scene) {
        scene.set(bench);
        bench.calls.loseEveryRace();

        Reply refused = bench.invokeWith(sample, repeatable(sample).text());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).doesNotContainKey(RESULT);
        bench.calls.recover();
        assertAccepted(bench.invokeWith(sample, sameAgain(sample).text()));
    }

    @EachWrongState
    void whatIsNotPossibleIsRefusedAsWithoutAName(String sample, Scene scene, Expected expected) {
        scene.set(bench);
        if (!bench.events.sample(sample).routeKey().startsWith("POST ")) {
            assertThat(bench.events.sample(sample).routeKey()).matches("(GET|DELETE) .*");
            return;
        }
        Reply reply = bench.invokeWith(sample, repeatable(sample).text());

        expected.check(reply);
        assertThat(reply.headers().containsKey(RESULT)).isEqualTo(expected.status() < 400);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void withoutANameNothingIsLookedUpOrKept(String sample, Scene scene) {
        scene.set(bench);
        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isLessThan(300);
        assertThat(reply.headers()).doesNotContainKey(RESULT);
        assertThat(bench.firstAnswers.looks()).isZero();
        assertThat(bench.calls.commits())
                .allSatisfy(commit -> assertThat(commit.firstAnswer()).isNull());
    }

    @Test
    void whatHeldAlreadyIsNotDoneAgainLater() {
        Scene.MUTED.set(bench);
        String mute = "mute-participant/ok";
        assertAccepted(bench.invokeWith(mute, repeatable(mute).text()));
        bench.succeed("unmute-participant/ok");
        World after = World.of(bench);

        assertAccepted(bench.invokeWith(mute, sameAgain(mute).text()));

        assertThat(World.of(bench)).isEqualTo(after);
        assertThat(bench.invoke("get-participant/ok").at("/isMuted")).isEqualTo("false");
    }

    @Test
    void aDayLaterTheIdIsFreeAgain() {
        Reply first =
                bench.invokeWith("create-call/ok", repeatable("create-call/ok").text());
        bench.clock.advance(Duration.ofHours(24).plusSeconds(1));
        bench.gateways.heartbeat(bench.gateway(0));

        Reply other =
                bench.invokeWith("create-call/ok", repeatable("create-call/ok").text());

        assertAccepted(other);
        assertThat(other.at("/callConnectionId")).isNotEqualTo(first.at("/callConnectionId"));
    }

    @Test
    void theSameIdAtAnotherPathIsAnotherRequest() {
        Scene.ANSWERED.set(bench);
        assertAccepted(bench.invokeWith(
                "mute-participant/ok", repeatable("mute-participant/ok").text()));
        assertAccepted(bench.invokeWith(
                "hold-participant/ok", repeatable("hold-participant/ok").text()));

        assertThat(bench.invoke("get-participant/ok").at("/isOnHold")).isEqualTo("true");
    }

    @Test
    void anIdIsTheSameInLettersOfEitherCase() {
        Reply first =
                bench.invokeWith("create-call/ok", repeatable("create-call/ok").text());
        SampleEvent again = repeatable(
                bench.events.sample("create-call/ok"), ID.toUpperCase(Locale.ROOT), date(bench.clock.instant()));

        assertSame(bench.invokeWith("create-call/ok", again.text()), first);
    }

    private List<StreamRef> streamsOfTheLastCommit() {
        var commit = bench.calls.commits().get(bench.calls.commits().size() - 1);
        return commit.effects().stream()
                .map(effect -> new StreamRef(commit.next().serverCallId(), effect.target()))
                .distinct()
                .toList();
    }

    /** The sample, sent for the first time now. */
    private SampleEvent repeatable(String sample) {
        firstSent = date(bench.clock.instant());
        return sameAgain(sample);
    }

    /** The same, sent again. */
    private SampleEvent sameAgain(String sample) {
        return repeatable(bench.events.sample(sample), ID, firstSent);
    }

    private static SampleEvent repeatable(SampleEvent event, String id, String firstSent) {
        return event.withHeader("Repeatability-Request-ID", id).withHeader("Repeatability-First-Sent", firstSent);
    }

    private static String date(Instant instant) {
        return IMF_FIXDATE.format(instant);
    }

    private static void assertAccepted(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
        assertThat(reply.header(RESULT)).isEqualTo("accepted");
    }

    private static void assertSame(Reply again, Reply first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().get("content-type"))
                .isEqualTo(first.headers().get("content-type"));
        assertThat(again.header(RESULT)).isEqualTo("accepted");
    }

    private static void assertRejected(Reply reply, int status, String code, String target) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target()).contains(target);
        assertThat(reply.header(RESULT)).isEqualTo("rejected");
    }

    /** What requests can change, counted. */
    private record World(int commits, int subscriptions, int identities, int deadLetters) {
        static World of(ApiBench bench) {
            return new World(
                    bench.calls.commits().size(),
                    bench.subscriptions.all().size(),
                    bench.identities.page(null, 100).size(),
                    bench.deadLetters());
        }

        int things() {
            return commits + subscriptions + identities - deadLetters;
        }
    }

    /** The end of the process: nothing catches it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }
}
