package io.ringback.core.decision;

import static io.ringback.core.call.CallState.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.event.CallEvent;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.media.MediaCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds in every life of a call. */
final class Invariants {
    private final RandomLife life;
    private final Scene scene;

    Invariants(RandomLife life) {
        this.life = life;
        this.scene = life.scene();
    }

    /** While the call lives. */
    void assertAtAnyTime() {
        assertEndRule();
        assertRoster();
        assertLegsAreAsOrdered();
    }

    /** When everything has ended. */
    void assertInTheEnd() {
        assertThat(scene.call().state()).isEqualTo(TERMINATED);
        assertGaplessSequences();
        assertOneResultEach();
        assertNothingAfterAConnectionsEnd();
        assertLastWordsAreLast();
        assertNoCommitIsTooBig();
        assertAnnouncements();
        assertEachRecordingAnnouncedOnce();
        assertNobodyIsRemovedTwice();
    }

    private void assertEndRule() {
        ServerCall call = scene.call();
        int live = call.liveLegs().size();
        boolean attached = call.connections().stream().anyMatch(c -> c.state().isOpen());
        if (call.state().isOpen()) {
            assertThat(CallEnd.isOver(live, attached, call.awaitsDecision()))
                    .as("open call")
                    .isFalse();
        }
        if (call.state() == TERMINATED) {
            assertThat(live).as("live legs after the end").isZero();
            assertThat(call.operations()).as("open operations").isEmpty();
            assertThat(call.participants())
                    .as("owed results")
                    .allSatisfy(
                            participant -> assertThat(participant.invitation()).isNull());
        }
    }

    /** Whoever asked for it was last told of the live legs as they are. */
    private void assertRoster() {
        Map<String, List<Participant>> told = new HashMap<>();
        for (Effect.Notify notify : scene.told()) {
            if (notify.event() instanceof CallEvent.ParticipantsUpdated roster && notify.callConnectionId() != null) {
                told.put(notify.callConnectionId(), roster.participants());
            }
        }
        List<String> live = shown(scene.call().liveLegs());
        for (Connection connection : scene.call().connections()) {
            List<Participant> roster = told.get(connection.callConnectionId());
            if (connection.state().isOpen() && roster != null) {
                assertThat(shown(roster)).as("roster").isEqualTo(live);
            }
        }
    }

    private static List<String> shown(List<Participant> roster) {
        return roster.stream()
                .map(p -> p.participantId() + p.state() + p.muted() + p.isOnHold())
                .toList();
    }

    /** What was last ordered for each connected leg is what the roster shows. */
    private void assertLegsAreAsOrdered() {
        Map<String, MediaCommand.SetLeg> ordered = new HashMap<>();
        scene.ordered(MediaCommand.SetLeg.class).forEach(order -> ordered.put(order.participantId(), order));
        for (Participant participant : scene.call().participants()) {
            if (participant.isConnected()) {
                MediaCommand.SetLeg order = ordered.get(participant.participantId());
                boolean held = participant.holds().contains(Participant.HeldBy.APPLICATION);
                assertThat(order != null && order.muted()).as("muted").isEqualTo(participant.muted());
                assertThat(order != null && order.held()).as("held").isEqualTo(held);
            }
        }
    }

    private void assertGaplessSequences() {
        Map<Target, Long> last = new HashMap<>();
        for (Effect effect : scene.effects()) {
            long expected = last.getOrDefault(effect.target(), 0L) + 1;
            assertThat(effect.sequence()).as("%s", effect).isEqualTo(expected);
            last.put(effect.target(), expected);
        }
    }

    private void assertOneResultEach() {
        List<String> results = new ArrayList<>();
        List<String> invitations = new ArrayList<>();
        for (Effect.Notify notify : scene.told()) {
            if (notify.event() instanceof CallEvent.PlayResult result) {
                results.add(result.operationId());
            } else if (notify.event() instanceof CallEvent.CancelMediaResult result) {
                results.add(result.operationId());
            } else if (notify.event() instanceof CallEvent.SendDtmfResult result) {
                results.add(result.operationId());
            } else if (notify.event() instanceof CallEvent.TransferResult result) {
                results.add(result.operationId());
            } else if (notify.event() instanceof CallEvent.InviteParticipantResult result) {
                invitations.add(result.participantId());
            }
        }
        assertThat(results).as("results").containsExactlyInAnyOrderElementsOf(life.acceptedOperations());
        assertThat(invitations).as("invitations").containsExactlyInAnyOrderElementsOf(life.invitations());
    }

    /** A connection's events end with its last state. */
    private void assertNothingAfterAConnectionsEnd() {
        Set<String> left = new HashSet<>();
        for (Effect.Notify notify : scene.told()) {
            String connection = notify.callConnectionId();
            if (connection != null) {
                assertThat(left).as("%s", notify).doesNotContain(connection);
                if (notify.event() instanceof ConnectionStateChanged changed && changed.state() == TERMINATED) {
                    left.add(connection);
                }
            }
        }
        assertThat(scene.call().connections())
                .extracting(Connection::state)
                .doesNotContain(CallState.ESTABLISHING, CallState.ESTABLISHED, CallState.TRANSFERRING);
    }

    /** The change that ends the call tells every result before the last states; after it only recordings are told of. */
    private void assertLastWordsAreLast() {
        List<List<Effect>> commits = scene.commits();
        boolean over = false;
        for (int i = Math.max(0, scene.lastWords()); i < commits.size(); i++) {
            for (Effect.Notify notify : Samples.ofType(commits.get(i), Effect.Notify.class)) {
                boolean lastWord = notify.event() instanceof CallEvent.CallEnded
                        || (notify.event() instanceof ConnectionStateChanged changed && changed.state() == TERMINATED);
                boolean ofRecording = notify.event() instanceof CallEvent.RecordingStateChanged
                        || notify.event() instanceof CallEvent.RecordingFileStatusUpdated;
                assertThat(ofRecording || (lastWord && i == scene.lastWords()) || !over)
                        .as("%s", notify)
                        .isTrue();
                over |= lastWord;
            }
            over = true;
        }
    }

    private void assertNoCommitIsTooBig() {
        long callHistoryAndIdempotency = 3;
        for (List<Effect> effects : scene.commits()) {
            long rows = effects.stream().map(Effect::target).distinct().count();
            assertThat(rows + callHistoryAndIdempotency).isLessThan(80);
        }
    }

    /** Every call is announced once, ends once, and between tells of each party that came and went. */
    private void assertAnnouncements() {
        List<CallEvent> heard = scene.heard(RandomLife.LISTENER);
        assertThat(heard.get(0)).isInstanceOf(CallEvent.CallStarted.class);
        assertThat(heard.get(heard.size() - 1)).isInstanceOf(CallEvent.CallEnded.class);
        assertThat(scene.told(CallEvent.CallStarted.class)).hasSize(1);
        List<String> gone = scene.told(CallEvent.CallParticipantRemoved.class).stream()
                .map(removed -> removed.participant().participantId())
                .toList();
        assertThat(scene.told(CallEvent.CallParticipantAdded.class))
                .as("who came has gone")
                .extracting(added -> added.participant().participantId())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(gone);
    }

    /** Unless the gateway could not be told. */
    private void assertNobodyIsRemovedTwice() {
        List<String> untold = removed(Samples.ofType(life.insisted(), MediaCommand.HangUpLeg.class));
        List<String> removed = new ArrayList<>(removed(scene.ordered(MediaCommand.HangUpLeg.class)));
        untold.forEach(removed::remove);
        assertThat(removed).doesNotHaveDuplicates();
    }

    private static List<String> removed(List<MediaCommand.HangUpLeg> orders) {
        return orders.stream()
                .filter(order -> order.reason() == EndReason.HUNG_UP_BY_APPLICATION)
                .map(MediaCommand.HangUpLeg::participantId)
                .toList();
    }

    private void assertEachRecordingAnnouncedOnce() {
        assertThat(scene.told(CallEvent.RecordingFileStatusUpdated.class))
                .as("recordings")
                .extracting(CallEvent.RecordingFileStatusUpdated::recordingId)
                .containsExactlyInAnyOrderElementsOf(scene.call().recordings().stream()
                        .map(r -> r.recordingId())
                        .toList());
    }
}
