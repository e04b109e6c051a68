package io.ringback.functions.api;

import static io.ringback.functions.api.NamingClient.ID;
import static io.ringback.functions.api.NamingClient.RESULT;
import static io.ringback.functions.api.NamingClient.assertAccepted;
import static io.ringback.functions.api.NamingClient.assertRejected;
import static io.ringback.functions.api.NamingClient.assertSame;
import static io.ringback.functions.api.NamingClient.date;
import static io.ringback.functions.api.NamingClient.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ringback.core.port.StreamRef;
import io.ringback.functions.api.routes.RouteTable.Route;
import io.ringback.functions.api.routes.TemplateRoutes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every POST that names itself: sent again it gets its first answer, and nothing is done twice (native API §7). */
class RepeatedRequestsTest {
    @TempDir
    Path folder;

    private ApiBench bench;
    private NamingClient client;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
        client = new NamingClient(bench);
    }

    @Test
    void everyPostIsHere() {
        assertThat(NamingClient.posts()
                        .map(row -> bench.events.sample((String) row.get()[0]).routeKey()))
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
    @MethodSource(NamingClient.POSTS)
    void comingAgainItGetsItsFirstAnswerAndWakesTheSameAgain(String sample, Scene scene) {
        scene.set(bench);
        bench.pokes.take();
        Reply first = bench.invokeWith(sample, client.repeatable(sample).text());
        List<StreamRef> woken = bench.pokes.take();
        World after = World.of(bench);
        // The call is over and forgotten, and almost a day has gone.
        bench.calls.forgetEveryCall();
        bench.clock.advance(Duration.ofHours(24));

        Reply again = bench.invokeWith(sample, client.sameAgain(sample).text());

        assertAccepted(first);
        assertSame(again, first);
        assertThat(bench.pokes.take()).isEqualTo(woken);
        assertThat(World.of(bench)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS)
    void withAnotherBodyItIsAnotherRequestWithAUsedId(String sample, Scene scene) {
        scene.set(bench);
        assertAccepted(bench.invokeWith(sample, client.repeatable(sample).text()));
        World after = World.of(bench);
        bench.pokes.take();
        SampleEvent other = client.sameAgain(sample);

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
    @MethodSource(NamingClient.POSTS)
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

    @EachWrongState
    void whatIsNotPossibleIsRefusedAsWithoutAName(String sample, Scene scene, Expected expected) {
        scene.set(bench);
        if (!bench.events.sample(sample).routeKey().startsWith("POST ")) {
            assertThat(bench.events.sample(sample).routeKey()).matches("(GET|DELETE) .*");
            return;
        }
        Reply reply = bench.invokeWith(sample, client.repeatable(sample).text());

        expected.check(reply);
        assertThat(reply.headers().containsKey(RESULT)).isEqualTo(expected.status() < 400);
    }

    @ParameterizedTest
    @MethodSource(NamingClient.POSTS)
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
        assertAccepted(bench.invokeWith(mute, client.repeatable(mute).text()));
        bench.succeed("unmute-participant/ok");
        World after = World.of(bench);

        assertAccepted(bench.invokeWith(mute, client.sameAgain(mute).text()));

        assertThat(World.of(bench)).isEqualTo(after);
        assertThat(bench.invoke("get-participant/ok").at("/isMuted")).isEqualTo("false");
    }

    @Test
    void aDayLaterTheIdIsFreeAgain() {
        Reply first = bench.invokeWith(
                "create-call/ok", client.repeatable("create-call/ok").text());
        bench.clock.advance(Duration.ofHours(24).plusSeconds(1));
        bench.gateways.heartbeat(bench.gateway(0));

        Reply other = bench.invokeWith(
                "create-call/ok", client.repeatable("create-call/ok").text());

        assertAccepted(other);
        assertThat(other.at("/callConnectionId")).isNotEqualTo(first.at("/callConnectionId"));
    }

    @Test
    void theSameIdAtAnotherPathIsAnotherRequest() {
        Scene.ANSWERED.set(bench);
        assertAccepted(bench.invokeWith(
                "mute-participant/ok", client.repeatable("mute-participant/ok").text()));
        assertAccepted(bench.invokeWith(
                "hold-participant/ok", client.repeatable("hold-participant/ok").text()));

        assertThat(bench.invoke("get-participant/ok").at("/isOnHold")).isEqualTo("true");
    }

    @Test
    void anIdIsTheSameInLettersOfEitherCase() {
        Reply first = bench.invokeWith(
                "create-call/ok", client.repeatable("create-call/ok").text());
        SampleEvent again = repeatable(
                bench.events.sample("create-call/ok"), ID.toUpperCase(Locale.ROOT), date(bench.clock.instant()));

        assertSame(bench.invokeWith("create-call/ok", again.text()), first);
    }
}
