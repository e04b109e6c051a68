package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.port.StreamRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells a story as often as it has points at which the process can die, with a death at another one each time, and
 * compares what it leaves behind with what the story without a death does: calls, commits, effects, the directory.
 */
final class Mortality {
    /** More invocations than any story needs with one death in it. */
    private static final int MOST_TRIES = 5;

    private Mortality() {}

    /** Sets a scene, and lets something in it be done by whoever may die. */
    @FunctionalInterface
    interface Story {
        void tell(Scene scene, Crash crash);
    }

    /** An invocation that is made again when it dies. */
    @FunctionalInterface
    interface Mortal {
        /** @return whether it need not be made again */
        boolean run();
    }

    /** @return how many points there are */
    static int check(Story story) throws IOException {
        String undisturbed = told(story, new Crash(Integer.MAX_VALUE));
        for (int point = 0; ; point++) {
            Crash crash = new Crash(point);
            assertThat(told(story, crash)).as("dying at %d", point).isEqualTo(undisturbed);
            if (!crash.happened()) {
                return point;
            }
        }
    }

    /** Makes it until it is done, as a queue and a schedule do. */
    static void untilDone(Mortal invocation) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                if (invocation.run()) {
                    return;
                }
            } catch (Crash.Death death) {
                assertThat(tries).as("deaths").isZero();
            }
        }
        throw new AssertionError("not done after " + MOST_TRIES + " invocations");
    }

    private static String told(Story story, Crash crash) throws IOException {
        try (Scene scene = new Scene()) {
            story.tell(scene, crash);
            return CountedIds.renamed(String.join("\n", leftBehind(scene)));
        }
    }

    private static List<String> leftBehind(Scene scene) {
        List<String> left = new ArrayList<>();
        scene.storage
                .gateways()
                .all()
                .forEach(
                        gateway -> left.add(gateway.ref() + " fenced=" + gateway.fenced() + " legs=" + gateway.legs()));
        List<StreamRef> toDo = new ArrayList<>();
        for (ServerCall call : scene.storage.calls().all().stream()
                .sorted(Comparator.comparing(ServerCall::serverCallId))
                .toList()) {
            left.add(call.toString());
            scene.storage.calls().history(call.serverCallId()).forEach(commit -> left.add(commit.toString()));
            for (Target target : List.of(Target.MEDIA, Target.ofCallback(Scene.CALLBACK.uri()))) {
                StreamRef stream = new StreamRef(call.serverCallId(), target);
                scene.storage.outbox().items(stream).forEach(item -> left.add(item.toString()));
                if (!scene.storage.outbox().read(stream, 1).rows().isEmpty()) {
                    toDo.add(stream);
                }
            }
        }
        assertThat(woken(scene)).as("sooner or later").containsAll(toDo);
        return left;
    }

    /** The streams that were poked, or are by the sweeper. */
    private static Set<StreamRef> woken(Scene scene) {
        Set<StreamRef> woken = new HashSet<>(scene.pokes.take());
        scene.clock.advance(Duration.ofSeconds(31));
        new Sweep(scene.storage.outbox(), scene.pokes, scene.clock).run(new Deadline(() -> 30_000));
        woken.addAll(scene.pokes.take());
        return woken;
    }
}
