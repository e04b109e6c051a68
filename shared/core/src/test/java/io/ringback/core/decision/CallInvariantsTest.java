package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of docs/invariants.md that hold for every life of a call. */
class CallInvariantsTest {
    private static final int LIVES = 2000;
    private static final int STEPS = 60;

    @Test
    void holdInEveryLife() {
        int terminatedEarly = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            RandomLife life = new RandomLife(seed);
            for (int step = 0; step < STEPS; step++) {
                life.step();
                assertEndRule(seed, life.scene().call());
                assertRosters(seed, life.scene());
            }
            terminatedEarly += life.scene().call().state() == CallState.TERMINATED ? 1 : 0;
            life.drain();
            assertThat(life.scene().call().state()).as("seed %d", seed).isEqualTo(CallState.TERMINATED);
            assertGaplessSequences(seed, life.scene());
            assertOneResultEach(seed, life);
            assertNothingAfterTerminated(seed, life.scene());
            assertAnnouncements(seed, life.scene());
            assertEachRecordingAnnouncedOnce(seed, life.scene());
        }
        assertThat(terminatedEarly).as("lives of both kinds were lived").isBetween(1, LIVES - 1);
    }

    @Test
    void theSameArgumentsGiveTheSameDecision() {
        RandomLife once = new RandomLife(7);
        RandomLife again = new RandomLife(7);
        for (int step = 0; step < STEPS; step++) {
            once.step();
            again.step();
        }
        assertThat(again.scene().call()).isEqualTo(once.scene().call());
        assertThat(again.scene().effects()).isEqualTo(once.scene().effects());
    }

    @Test
    void aFullCallThatLosesItsGatewayEndsInOneCommitOfFewerThan80Items() {
        Scene scene = new Scene();
        scene.create(Samples.createCall(Limits.LIVE_PARTICIPANTS));
        ServerCall ringing = scene.call();
        List<Operation> operations = IntStream.range(0, Limits.OPERATIONS)
                .mapToObj(i -> new Operation(
                        "operation-" + i,
                        Operation.Kind.PLAY,
                        Operation.Status.RUNNING,
                        scene.connection(),
                        new Callback(URI.create("https://app.example/plays/" + i), "2021-06-15-preview"),
                        null,
                        null,
                        null,
                        scene.now()))
                .toList();
        ServerCall full = ringing.with().version(1).operations(operations).build();
        Decision decision =
                CallRules.decide(full, new CallCommand.LoseGateway(Samples.GATEWAY), scene.now(), scene.ids());
        Decision.Accepted accepted = (Decision.Accepted) decision;
        assertThat(accepted.next().state()).isEqualTo(CallState.TERMINATED);
        long rows = accepted.effects().stream().map(Effect::target).distinct().count();
        long callAndHistory = 2;
        assertThat(rows + callAndHistory).isLessThan(80);
    }

    private static void assertEndRule(long seed, ServerCall call) {
        int live = call.liveLegs().size();
        boolean attached = call.connections().stream().anyMatch(c -> c.state().isOpen());
        if (call.state().isOpen()) {
            assertThat(CallEnd.isOver(live, attached, call.awaitsDecision()))
                    .as("seed %d: open call", seed)
                    .isFalse();
        }
        if (call.state() == CallState.TERMINATED) {
            assertThat(live).as("seed %d: live legs after the end", seed).isZero();
            assertThat(call.operations()).as("seed %d: open operations", seed).isEmpty();
        }
    }

    /** Whoever is attached and was told of the roster at all was told of the present one last. */
    private static void assertRosters(long seed, Scene scene) {
        List<String> live =
                scene.call().liveLegs().stream().map(CallInvariantsTest::named).toList();
        for (Connection connection : scene.call().connections()) {
            if (connection.state().isOpen()) {
                lastRoster(scene, connection)
                        .ifPresent(roster ->
                                assertThat(roster).as("seed %d: roster", seed).isEqualTo(live));
            }
        }
    }

    private static Optional<List<String>> lastRoster(Scene scene, Connection connection) {
        return scene.told().stream()
                .filter(notify -> connection.callConnectionId().equals(notify.callConnectionId()))
                .filter(notify -> notify.event() instanceof CallEvent.ParticipantsUpdated)
                .reduce((earlier, later) -> later)
                .map(notify -> ((CallEvent.ParticipantsUpdated) notify.event())
                        .participants().stream().map(CallInvariantsTest::named).toList());
    }

    private static String named(Participant participant) {
        return participant.participantId() + participant.state();
    }

    private static void assertGaplessSequences(long seed, Scene scene) {
        Map<Target, Long> last = new HashMap<>();
        for (Effect effect : scene.effects()) {
            long expected = last.getOrDefault(effect.target(), 0L) + 1;
            assertThat(effect.sequence()).as("seed %d: %s", seed, effect).isEqualTo(expected);
            last.put(effect.target(), expected);
        }
    }

    private static void assertOneResultEach(long seed, RandomLife life) {
        List<String> results = new ArrayList<>();
        for (Effect.Notify notify : life.scene().told()) {
            if (notify.event() instanceof CallEvent.PlayResult result) {
                results.add(result.operationId());
            } else if (notify.event() instanceof CallEvent.CancelMediaResult result) {
                results.add(result.operationId());
            }
        }
        assertThat(results).as("seed %d: results", seed).containsExactlyInAnyOrderElementsOf(life.acceptedOperations());
    }

    /** A connection's last event is its end; a call's last ones, but for those of recordings, are its ends. */
    private static void assertNothingAfterTerminated(long seed, Scene scene) {
        Set<String> terminated = new HashSet<>();
        boolean over = false;
        for (Effect.Notify notify : scene.told()) {
            boolean ofRecording = notify.event() instanceof CallEvent.RecordingStateChanged
                    || notify.event() instanceof CallEvent.RecordingFileStatusUpdated;
            boolean end = notify.event() instanceof CallEvent.CallEnded;
            assertThat(over && !ofRecording && !end)
                    .as("seed %d: %s after the end", seed, notify)
                    .isFalse();
            over |= end;
            if (notify.callConnectionId() != null) {
                assertThat(terminated).as("seed %d: %s", seed, notify).doesNotContain(notify.callConnectionId());
                if (notify.event() instanceof CallEvent.ConnectionStateChanged changed
                        && changed.state() == CallState.TERMINATED) {
                    terminated.add(notify.callConnectionId());
                }
            }
        }
        assertThat(scene.call().connections())
                .as("seed %d", seed)
                .allSatisfy(connection -> assertThat(terminated).contains(connection.callConnectionId()));
    }

    /** Every call is announced once, ends once, and between tells of each party that came and went. */
    private static void assertAnnouncements(long seed, Scene scene) {
        List<CallEvent> heard = scene.heard(RandomLife.LISTENER);
        assertThat(heard.get(0)).as("seed %d", seed).isInstanceOf(CallEvent.CallStarted.class);
        assertThat(heard.get(heard.size() - 1)).as("seed %d", seed).isInstanceOf(CallEvent.CallEnded.class);
        assertThat(scene.told(CallEvent.CallStarted.class)).as("seed %d", seed).hasSize(1);
        List<String> gone = scene.told(CallEvent.CallParticipantRemoved.class).stream()
                .map(removed -> removed.participant().participantId())
                .toList();
        assertThat(scene.told(CallEvent.CallParticipantAdded.class))
                .as("seed %d: who came has gone", seed)
                .extracting(added -> added.participant().participantId())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(gone);
    }

    private static void assertEachRecordingAnnouncedOnce(long seed, Scene scene) {
        assertThat(scene.told(CallEvent.RecordingFileStatusUpdated.class))
                .as("seed %d: recordings", seed)
                .extracting(CallEvent.RecordingFileStatusUpdated::recordingId)
                .containsExactlyInAnyOrderElementsOf(scene.call().recordings().stream()
                        .map(r -> r.recordingId())
                        .toList());
    }
}
