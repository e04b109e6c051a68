package io.ringback.core.decision;

import io.ringback.core.Samples;
import io.ringback.core.TestIds;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that is played through the rules, step by step, with every effect kept. */
final class Scene {
    private final TestIds ids = new TestIds();
    private final List<Effect> effects = new ArrayList<>();
    private final List<List<Effect>> commits = new ArrayList<>();
    private int lastWords = -1;
    private @Nullable ServerCall call;
    private Instant now = Samples.NOW;

    /** A call that was created and whose first {@code answered} of {@code targets} phones answered. */
    static Scene established(int targets, int answered) {
        Scene scene = new Scene();
        scene.create(Samples.createCall(targets));
        for (int i = 0; i < answered; i++) {
            scene.happens(new MediaEvent.LegConnected(scene.leg(i)));
        }
        return scene;
    }

    /** A call that an application placed, announced to these. */
    static Scene created(CallCommand.CreateCall command, Subscriber... subscribers) {
        Scene scene = new Scene();
        scene.create(Samples.announcedTo(List.of(subscribers), command));
        return scene;
    }

    /** A call that the gateway reported, announced to these. */
    static Scene offered(MediaEvent.CallOffered offer, Subscriber... subscribers) {
        Scene scene = new Scene();
        MediaReport report = new MediaReport("call0000000000000000", Samples.GATEWAY, 1, scene.now, offer);
        scene.take(CallRules.begin(List.of(report), List.of(subscribers), scene.now, scene.ids));
        return scene;
    }

    Reply create(CallCommand.CreateCall command) {
        return take(CallRules.create(command, now, ids));
    }

    /** What the command is answered; the scene moves on if it was accepted. */
    Decision wants(CallCommand command) {
        now = now.plusMillis(20);
        Decision decision = CallRules.decide(call(), command, now, ids);
        if (decision instanceof Decision.Accepted) {
            take(decision);
        }
        return decision;
    }

    /** The reply to a command that has to be accepted. */
    Reply accepted(CallCommand command) {
        if (wants(command) instanceof Decision.Accepted accepted) {
            return accepted.reply();
        }
        throw new AssertionError("rejected: " + command);
    }

    /** The refusal of a command that must not be accepted; it has to leave the call alone. */
    Decision.Rejected rejected(CallCommand command) {
        if (wants(command) instanceof Decision.Rejected rejected) {
            return rejected;
        }
        throw new AssertionError("accepted: " + command);
    }

    /** Ids of the participants that this invites. */
    List<String> invites(CallCommand.InviteParticipants command) {
        return ((Reply.ParticipantsInvited) accepted(command))
                .participants().stream()
                        .map(Reply.ParticipantsInvited.Invited::participantId)
                        .toList();
    }

    /** Id of the operation that this begins. */
    String begins(CallCommand command) {
        return ((Reply.OperationAccepted) accepted(command)).operationId();
    }

    /** Names of all events that were told after the first {@code count}. */
    List<String> toldSince(int count) {
        List<Effect.Notify> told = told();
        return told.subList(count, told.size()).stream()
                .map(notify -> notify.event() instanceof CallEvent.ConnectionStateChanged changed
                        ? changed.state().name()
                        : notify.event().getClass().getSimpleName())
                .toList();
    }

    void connects(String participantId) {
        happens(new MediaEvent.LegConnected(participantId));
    }

    void ends(String participantId, EndReason reason) {
        happens(new MediaEvent.LegEnded(participantId, reason, null, reason.wireName(), null));
    }

    Participant participant(String participantId) {
        return call().participant(participantId).orElseThrow();
    }

    /** Events of the gateway, applied as one change. */
    void happens(MediaEvent... events) {
        now = now.plusMillis(20);
        List<MediaReport> reports = new ArrayList<>();
        for (MediaEvent event : events) {
            long number = call().lastAppliedEvent() + 1 + reports.size();
            reports.add(new MediaReport(call().serverCallId(), call().gateway(), number, now, event));
        }
        take(CallRules.apply(call(), reports, now, ids));
    }

    ServerCall call() {
        if (call == null) {
            throw new IllegalStateException("no call was created yet");
        }
        return call;
    }

    /** Puts a call in place that no short story leads to. */
    void become(ServerCall other) {
        call = other;
    }

    String connection() {
        return call().connections().get(0).callConnectionId();
    }

    /** Lets time pass. */
    void passes(Duration time) {
        now = now.plus(time);
    }

    /** What this subscription was told, in order. */
    List<CallEvent> heard(Subscriber subscriber) {
        return told().stream()
                .filter(notify -> notify.callback().equals(subscriber.callback()))
                .map(Effect.Notify::event)
                .toList();
    }

    String leg(int index) {
        return call().participants().get(index).participantId();
    }

    Instant now() {
        return now;
    }

    TestIds ids() {
        return ids;
    }

    /** The effects of each change, in order. */
    List<List<Effect>> commits() {
        return List.copyOf(commits);
    }

    /** Index of the change with which the call was over; -1 before. */
    int lastWords() {
        return lastWords;
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    List<Effect.Notify> told() {
        return Samples.ofType(effects, Effect.Notify.class);
    }

    <T extends CallEvent> List<T> told(Class<T> type) {
        return Samples.ofType(told().stream().map(Effect.Notify::event).toList(), type);
    }

    <T extends MediaCommand> List<T> ordered(Class<T> type) {
        return Samples.ofType(
                Samples.ofType(effects, Effect.Command.class).stream()
                        .map(Effect.Command::command)
                        .toList(),
                type);
    }

    private Reply take(Decision decision) {
        if (!(decision instanceof Decision.Accepted accepted)) {
            throw new AssertionError("rejected: " + decision);
        }
        if (accepted.next().state() == CallState.TERMINATED && lastWords < 0) {
            lastWords = commits.size();
        }
        call = accepted.next();
        commits.add(accepted.effects());
        effects.addAll(accepted.effects());
        return accepted.reply();
    }
}
