package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaCommand.EndCall;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The end-of-call rule (telephony §1), in every order in which applications, participants, ringing ones and a caller
 * about whom nobody decided can leave.
 */
class EndOfCallTest {
    private static final Subscriber DECIDER = Samples.subscriber("decider", Announcement.INCOMING_CALL);

    private static final List<Begun> CALLS = List.of(
            new Begun("one party", () -> Scene.established(1, 1)),
            new Begun("two parties", () -> Scene.established(2, 2)),
            new Begun("three parties", () -> Scene.established(3, 3)),
            new Begun("one ringing", () -> Scene.established(1, 0)),
            new Begun("all ringing", () -> Scene.established(3, 0)),
            new Begun("one of two ringing", () -> Scene.established(2, 1)),
            new Begun("transferring", () -> transferring(Scene.established(1, 1))),
            new Begun(
                    "one of two transferring, two applications",
                    () -> transferring(joined(Scene.established(2, 2), 1))),
            new Begun("two applications", () -> joined(Scene.established(2, 2), 1)),
            new Begun("peer ringing", () -> Scene.offered(Samples.peer())),
            new Begun("peer", EndOfCallTest::peer),
            new Begun("peer and somebody invited", () -> invited(peer())),
            new Begun("peer joined", () -> joined(peer(), 1)),
            new Begun("peer joined twice and somebody invited", () -> invited(joined(peer(), 2))),
            new Begun("undecided", EndOfCallTest::undecided),
            new Begun("answered not yet connected", EndOfCallTest::answered),
            new Begun("answered", () -> connected(answered(), "caller")),
            new Begun("answered and somebody invited", () -> invited(connected(answered(), "caller"))),
            new Begun("redirected ringing", EndOfCallTest::redirected),
            new Begun("redirected", EndOfCallTest::redirectedAndConnected),
            new Begun("redirected joined", () -> joined(redirectedAndConnected(), 1)));

    /** A call with everybody who is in it. */
    private record Begun(String name, Supplier<Scene> begin) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** One who can leave: an application by its connection, anybody else by the leg. */
    private record Leaver(String id, boolean application) {}

    static Stream<Arguments> orders() {
        return CALLS.stream()
                .flatMap(begun ->
                        permutations(everybody(begun.begin().get())).stream().map(order -> Arguments.of(begun, order)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("orders")
    void endsWhenTheRuleSaysSoAndNotBefore(Begun begun, List<Leaver> order) {
        Scene scene = begun.begin().get();
        boolean undecided = scene.call().awaitsDecision();
        List<Leaver> left = new ArrayList<>(order);
        for (Leaver leaver : order) {
            left.remove(leaver);
            leave(scene, leaver);
            long legs = left.stream().filter(l -> !l.application()).count();
            boolean waitedFor = left.stream().anyMatch(Leaver::application) || undecided;
            if (legs >= 2 || (legs == 1 && waitedFor)) {
                assertThat(scene.call().state().isOpen()).as("%s stay", left).isTrue();
                assertThat(scene.ordered(EndCall.class)).isEmpty();
            } else {
                assertOver(scene, legs);
                return;
            }
        }
    }

    /** Whoever still has a leg is hung up, once, and the call is over with the last of them. */
    private static void assertOver(Scene scene, long legs) {
        List<String> live =
                scene.call().liveLegs().stream().map(Participant::participantId).toList();
        assertThat(live).hasSize((int) legs);
        if (!live.isEmpty()) {
            assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);
            assertThat(scene.ordered(EndCall.class))
                    .singleElement()
                    .satisfies(end -> assertThat(end.participantIds()).isEqualTo(live));
            live.forEach(leg -> scene.ends(leg, EndReason.HUNG_UP_BY_APPLICATION));
        }
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.call().connections())
                .allSatisfy(connection -> assertThat(connection.state()).isEqualTo(CallState.TERMINATED));
    }

    private static void leave(Scene scene, Leaver leaver) {
        if (leaver.application()) {
            scene.accepted(new CallCommand.HangUp(leaver.id()));
        } else {
            scene.ends(leaver.id(), EndReason.HUNG_UP_BY_PARTICIPANT);
        }
    }

    private static List<Leaver> everybody(Scene scene) {
        return Stream.concat(
                        scene.call().connections().stream().map(c -> new Leaver(c.callConnectionId(), true)),
                        scene.call().liveLegs().stream().map(p -> new Leaver(p.participantId(), false)))
                .toList();
    }

    private static Collection<List<Leaver>> permutations(List<Leaver> leavers) {
        if (leavers.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Leaver>> all = new ArrayList<>();
        for (Leaver first : leavers) {
            List<Leaver> others = leavers.stream().filter(l -> !l.equals(first)).toList();
            for (List<Leaver> rest : permutations(others)) {
                List<Leaver> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }

    private static Scene peer() {
        return connected(connected(Scene.offered(Samples.peer()), "callee"), "caller");
    }

    private static Scene undecided() {
        return Scene.offered(Samples.incoming(), DECIDER);
    }

    private static Scene answered() {
        Scene scene = undecided();
        scene.accepted(new CallCommand.AnswerCall(DECIDER.subscriptionId(), Samples.CALLBACK, Set.of(), null));
        return scene;
    }

    private static Scene redirected() {
        Scene scene = undecided();
        scene.accepted(new CallCommand.RedirectCall(DECIDER.subscriptionId(), Samples.CALLED, null));
        return scene;
    }

    private static Scene redirectedAndConnected() {
        Scene scene = redirected();
        return connected(connected(scene, scene.leg(1)), "caller");
    }

    private static Scene connected(Scene scene, String leg) {
        scene.connects(leg);
        return scene;
    }

    private static Scene joined(Scene scene, int applications) {
        for (int i = 0; i < applications; i++) {
            scene.accepted(Samples.join(callback("joined-" + i)));
        }
        return scene;
    }

    private static Scene transferring(Scene scene) {
        scene.accepted(Samples.transfer(scene.connection(), scene.leg(0)));
        return scene;
    }

    private static Scene invited(Scene scene) {
        scene.invites(Samples.invite(null, callback("invited"), "4:+15555550101"));
        return scene;
    }

    private static Callback callback(String path) {
        return new Callback(URI.create("https://app.example/" + path), Samples.CALLBACK.apiVersion());
    }
}
