package io.ringback.core.decision;

import io.ringback.core.Samples;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Incoming;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A random life of a call: an application that asks for anything at any time, and a gateway that carries out what it
 * is ordered, late, early and in any order, but reports every end once.
 */
final class RandomLife {
    /** A subscription that is told everything about every call. */
    static final Subscriber LISTENER = Samples.subscriber(
            "listener",
            EnumSet.complementOf(EnumSet.of(Announcement.INCOMING_CALL)).toArray(Announcement[]::new));

    private static final Subscriber DECIDER = Samples.subscriber("decider", Announcement.INCOMING_CALL);
    private static final int APPLICATIONS = 3;

    private final Random random;
    private final Scene scene;
    private final Set<String> endedLegs = new HashSet<>();
    private final Set<String> endedPlays = new HashSet<>();
    private final Set<String> doneCancels = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> filed = new HashSet<>();
    private final List<String> accepted = new ArrayList<>();

    RandomLife(long seed) {
        random = new Random(seed);
        scene = switch (random.nextInt(3)) {
            case 0 -> Scene.created(Samples.createCall(1 + random.nextInt(4)), LISTENER);
            case 1 -> Scene.offered(Samples.incoming(), LISTENER, DECIDER);
            default -> Scene.offered(Samples.peer(), LISTENER);
        };
    }

    Scene scene() {
        return scene;
    }

    /** Ids of all operations that were accepted. */
    List<String> acceptedOperations() {
        return List.copyOf(accepted);
    }

    /** One thing happens or is asked for. */
    void step() {
        switch (random.nextInt(14)) {
            case 0, 1 -> answer();
            case 2 -> endLeg(randomLeg());
            case 3 ->
                scene.happens(new MediaEvent.TonePressed(
                        randomLeg(), Tone.ofEventCode(random.nextInt(16)).orElseThrow()));
            case 4, 5 -> fromSomeConnection(id -> operate(Samples.play(id)));
            case 6 -> endSomePlay();
            case 7 -> fromSomeConnection(id -> operate(new CallCommand.CancelAllMediaOperations(id, null)));
            case 8 -> finishCancels();
            case 9 ->
                scene.wants(new CallCommand.StartRecording(
                        Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.WAV));
            case 10 -> changeSomeRecording();
            case 11 -> decide();
            case 12 ->
                scene.wants(new CallCommand.JoinCall(
                        Samples.CALLED, application(), null, EnumSet.allOf(RequestedEvent.class), null));
            default -> rare();
        }
    }

    /** The gateway carries out everything that is still to be done, and the call ends. */
    void drain() {
        fromSomeConnection(id -> scene.wants(new CallCommand.Terminate(id)));
        finishCancels();
        for (Participant participant : scene.call().participants()) {
            endLeg(participant.participantId());
        }
        for (Recording recording : scene.call().recordings()) {
            stop(recording.recordingId());
            file(recording.recordingId());
        }
    }

    private void rare() {
        switch (random.nextInt(8)) {
            case 0, 1 -> fromSomeConnection(id -> scene.wants(new CallCommand.HangUp(id)));
            case 2 -> fromSomeConnection(id -> scene.wants(new CallCommand.Terminate(id)));
            case 3 -> scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
            case 4 -> scene.wants(new CallCommand.GiveUpRecovery(Samples.GATEWAY));
            case 5 -> scene.passes(Duration.ofSeconds(20));
            default -> dropSomeOrder();
        }
    }

    private void operate(CallCommand command) {
        if (scene.wants(command) instanceof Decision.Accepted decision
                && decision.reply() instanceof Reply.OperationAccepted reply) {
            accepted.add(reply.operationId());
        }
    }

    private void decide() {
        scene.wants(
                switch (random.nextInt(3)) {
                    case 0 ->
                        new CallCommand.AnswerCall(
                                DECIDER.subscriptionId(), application(), EnumSet.allOf(RequestedEvent.class), null);
                    case 1 -> new CallCommand.RejectCall(DECIDER.subscriptionId(), CallCommand.RejectCall.Reason.BUSY);
                    default -> new CallCommand.RedirectCall(DECIDER.subscriptionId(), Samples.CALLED, null);
                });
    }

    private Callback application() {
        return new Callback(
                URI.create("https://app.example/" + random.nextInt(APPLICATIONS)), Samples.CALLBACK.apiVersion());
    }

    private void fromSomeConnection(Consumer<String> request) {
        List<Connection> connections = scene.call().connections();
        if (!connections.isEmpty()) {
            request.accept(connections.get(random.nextInt(connections.size())).callConnectionId());
        }
    }

    private void answer() {
        String leg = randomLeg();
        if (!endedLegs.contains(leg) && mayAnswer(leg)) {
            scene.happens(new MediaEvent.LegRinging(leg, 180), new MediaEvent.LegConnected(leg));
        }
    }

    /** A caller is connected when that was ordered, or when whoever it was redirected to has answered. */
    private boolean mayAnswer(String leg) {
        Incoming incoming = scene.call().incoming();
        return incoming == null
                || !incoming.participantId().equals(leg)
                || !scene.ordered(MediaCommand.AnswerLeg.class).isEmpty()
                || scene.call().participants().stream().anyMatch(Participant::isConnected);
    }

    private void endLeg(String leg) {
        if (endedLegs.add(leg)) {
            EndReason[] reasons = {EndReason.BUSY, EndReason.HUNG_UP_BY_PARTICIPANT, EndReason.MEDIA_LOST};
            scene.happens(new MediaEvent.LegEnded(leg, reasons[random.nextInt(reasons.length)], null, "", null));
        }
    }

    private void endSomePlay() {
        List<MediaCommand.Play> plays = scene.ordered(MediaCommand.Play.class);
        if (!plays.isEmpty()) {
            Outcome[] outcomes = Outcome.values();
            endPlay(plays.get(random.nextInt(plays.size())).operationId(), outcomes[random.nextInt(outcomes.length)]);
        }
    }

    private void endPlay(String id, Outcome outcome) {
        if (endedPlays.add(id)) {
            scene.happens(new MediaEvent.PlayStarted(id), new MediaEvent.PlayEnded(id, outcome, null, 0, ""));
        }
    }

    private void finishCancels() {
        for (MediaCommand.CancelMedia cancel : scene.ordered(MediaCommand.CancelMedia.class)) {
            if (doneCancels.add(cancel.operationId())) {
                cancel.canceledOperationIds().forEach(id -> endPlay(id, Outcome.CANCELLED));
                scene.happens(new MediaEvent.MediaCancelled(cancel.operationId(), cancel.canceledOperationIds()));
            }
        }
    }

    private void changeSomeRecording() {
        List<Recording> recordings = scene.call().recordings();
        if (recordings.isEmpty()) {
            return;
        }
        String id = recordings.get(random.nextInt(recordings.size())).recordingId();
        switch (random.nextInt(6)) {
            case 0 -> scene.wants(new CallCommand.PauseRecording(id));
            case 1 -> scene.wants(new CallCommand.ResumeRecording(id));
            case 2 -> scene.wants(new CallCommand.StopRecording(id));
            case 3 -> scene.happens(new MediaEvent.RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
            case 4 -> stop(id);
            default -> {
                stop(id);
                file(id);
            }
        }
    }

    private void stop(String id) {
        if (stopped.add(id)) {
            scene.happens(new MediaEvent.RecordingChanged(id, Change.STOP, scene.now(), 100, List.of()));
        }
    }

    private void file(String id) {
        if (filed.add(id)) {
            scene.happens(new MediaEvent.RecordingFile(id, random.nextBoolean(), "key", 100, 1644, 1, List.of(), ""));
        }
    }

    private void dropSomeOrder() {
        List<Effect.Command> orders = Samples.ofType(scene.effects(), Effect.Command.class);
        if (!orders.isEmpty()) {
            MediaCommand order = orders.get(random.nextInt(orders.size())).command();
            scene.wants(new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "dropped"));
        }
    }

    private String randomLeg() {
        return scene.leg(random.nextInt(scene.call().participants().size()));
    }
}
