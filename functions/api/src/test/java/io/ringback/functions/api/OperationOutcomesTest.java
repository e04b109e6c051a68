package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.functions.api.routes.RouteTable.Route;
import io.ringback.functions.api.routes.TemplateRoutes;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation where it works, where it does not, again, and twice at once. */
class OperationOutcomesTest {
    /** They ask nothing of any call; those of the directory have tables of their own. */
    private static final Pattern OF_NO_CALL = Pattern.compile(
            "GET /(health|openapi.json|calls)|[A-Z]+ /(eventSubscriptions|identities|callbacks/deadLetters)(/.*)?");

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @EachOperation
    void whereItWorksItDoesAndAgainItDoesNothingTwice(String sample, Scene scene, Expected first, Expected again) {
        scene.set(bench);

        assertOutcome(sample, first);
        assertOutcome(sample, again);
    }

    @EachOperation
    void twoAtOnceEndAsIfOneHadComeAfterTheOther(String sample, Scene scene, Expected first, Expected again) {
        scene.set(bench);
        AtomicReference<Reply> faster = new AtomicReference<>();
        bench.calls.beforeTheNextCommit(() -> faster.set(bench.invoke(sample)));

        Reply slower = bench.invoke(sample);

        if (first.changes()) {
            first.check(Objects.requireNonNull(faster.get()));
            again.check(slower);
        } else {
            first.check(slower);
            assertThat(faster).as("nothing was committed, nobody met anybody").hasNullValue();
        }
    }

    @EachWrongState
    void whereItDoesNotWorkItIsRefusedAndNothingChanges(String sample, Scene scene, Expected answer) {
        scene.set(bench);

        assertOutcome(sample, answer);
    }

    @Test
    void everyRouteIsInBothTables() {
        Set<String> routes = TemplateRoutes.load().routes().stream()
                .map((Route route) -> route.method() + " " + route.path())
                .filter(route -> !OF_NO_CALL.matcher(route).matches())
                .collect(Collectors.toSet());

        assertThat(routesIn(EachOperation.class)).isEqualTo(routes);
        assertThat(routesIn(EachWrongState.class)).isEqualTo(routes);
    }

    private void assertOutcome(String sample, Expected expected) {
        int commits = bench.calls.commits().size();
        bench.pokes.take();

        Reply reply = bench.invoke(sample);

        expected.check(reply);
        assertThat(bench.calls.commits()).hasSize(commits + (expected.changes() ? 1 : 0));
        assertThat(bench.pokes.take().isEmpty()).isEqualTo(!expected.wakes());
    }

    private Set<String> routesIn(Class<? extends Annotation> table) {
        return Samples.in(table).stream()
                .map(sample -> bench.events.sample(sample).routeKey())
                .collect(Collectors.toSet());
    }
}
