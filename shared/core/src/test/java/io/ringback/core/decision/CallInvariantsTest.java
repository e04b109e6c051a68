package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent;
import io.ringback.testkit.Generator;
import io.ringback.testkit.Seeded;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of docs/invariants.md that hold for every life of a call. */
class CallInvariantsTest {
    private static final int LIVES = 2000;
    private static final int STEPS = 60;

    @Test
    void holdInEveryLife() {
        Set<String> told = new HashSet<>();
        Set<CallState> statesBeforeTheEnd = EnumSet.noneOf(CallState.class);
        Seeded.check(LIVES, random -> {
            RandomLife life = new RandomLife(random);
            Invariants invariants = new Invariants(life);
            for (int step = 0; step < STEPS; step++) {
                life.step();
                invariants.assertAtAnyTime();
            }
            statesBeforeTheEnd.add(life.scene().call().state());
            life.drain();
            invariants.assertInTheEnd();
            life.scene()
                    .told()
                    .forEach(notify -> told.add(notify.event().getClass().getSimpleName()));
        });
        if (Long.getLong(Seeded.REPLAY) == null) {
            assertThat(statesBeforeTheEnd).as("lives of every kind were lived").containsOnly(CallState.values());
            assertThat(told)
                    .as("everything was told of")
                    .containsAll(Arrays.stream(CallEvent.class.getPermittedSubclasses())
                            .map(Class::getSimpleName)
                            .toList());
        }
    }

    @Test
    void theSameArgumentsGiveTheSameDecision() {
        RandomLife once = new RandomLife(new Generator(7));
        RandomLife again = new RandomLife(new Generator(7));
        for (int step = 0; step < STEPS; step++) {
            once.step();
            again.step();
        }
        assertThat(again.scene().call()).isEqualTo(once.scene().call());
        assertThat(again.scene().effects()).isEqualTo(once.scene().effects());
    }

    @Test
    void aFullCallThatLosesItsGatewayEndsInOneCommitOfFewerThan80Items() {
        Scene scene = Scene.established(1, 1);
        int streams = 0;
        for (int i = 1; i < Limits.LIVE_PARTICIPANTS; i++) {
            scene.accepted(Samples.invite(null, callback(streams++), "4:+15555550101"));
        }
        int operations = 0;
        while (scene.wants(Samples.play(null, null, callback(streams))) instanceof Decision.Accepted) {
            streams++;
            operations++;
        }
        for (; operations < Limits.OPERATIONS; operations++) {
            scene.accepted(Samples.play(null, null, callback(operations)));
        }
        int before = scene.told().size();
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.told().size() - before)
                .as("results that were owed, among the last words")
                .isGreaterThan(Limits.LIVE_PARTICIPANTS - 1 + Limits.OPERATIONS);
        List<Effect> last = scene.commits().get(scene.lastWords());
        long rows = last.stream().map(Effect::target).distinct().count();
        long callHistoryAndIdempotency = 3;
        assertThat(rows)
                .as("as many streams as there may be, but for the orders")
                .isEqualTo(Limits.STREAMS - 1);
        assertThat(rows + callHistoryAndIdempotency).isLessThan(80);
    }

    private static Callback callback(int number) {
        return new Callback(URI.create("https://app.example/streams/" + number), "2021-06-15-preview");
    }
}
