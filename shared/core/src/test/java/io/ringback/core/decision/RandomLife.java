package io.ringback.core.decision;

import io.ringback.core.Samples;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random life of a call: an application that asks for anything at any time, and a gateway that carries out what it
 * is ordered, late, early and in any order, but reports every end once.
 */
final class RandomLife {
    private final Random random;
    private final Scene scene = new Scene();
    private final Set<String> endedLegs = new HashSet<>();
    private final Set<String> endedPlays = new HashSet<>();
    private final Set<String> doneCancels = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> filed = new HashSet<>();
    private final List<String> accepted = new ArrayList<>();

    RandomLife(long seed) {
        random = new Random(seed);
        scene.create(Samples.createCall(1 + random.nextInt(4)));
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
        switch (random.nextInt(12)) {
            case 0, 1 -> answer();
            case 2 -> endLeg(randomLeg());
            case 3 ->
                scene.happens(new MediaEvent.TonePressed(
                        randomLeg(), Tone.ofEventCode(random.nextInt(16)).orElseThrow()));
            case 4, 5 -> operate(Samples.play(scene.connection()));
            case 6 -> endSomePlay();
            case 7 -> operate(new CallCommand.CancelAllMediaOperations(scene.connection(), null));
            case 8 -> finishCancels();
            case 9 ->
                scene.wants(new CallCommand.StartRecording(
                        Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.WAV));
            case 10 -> changeSomeRecording();
            default -> rare();
        }
    }

    /** The gateway carries out everything that is still to be done, and the call ends. */
    void drain() {
        scene.wants(new CallCommand.Terminate(scene.connection()));
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
        switch (random.nextInt(6)) {
            case 0 -> scene.wants(new CallCommand.HangUp(scene.connection()));
            case 1 -> scene.wants(new CallCommand.Terminate(scene.connection()));
            case 2 -> scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
            case 3 -> scene.wants(new CallCommand.GiveUpRecovery(Samples.GATEWAY));
            default -> dropSomeOrder();
        }
    }

    private void operate(CallCommand command) {
        if (scene.wants(command) instanceof Decision.Accepted decision
                && decision.reply() instanceof Reply.OperationAccepted reply) {
            accepted.add(reply.operationId());
        }
    }

    private void answer() {
        String leg = randomLeg();
        if (!endedLegs.contains(leg)) {
            scene.happens(new MediaEvent.LegRinging(leg, 180), new MediaEvent.LegConnected(leg));
        }
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
        MediaCommand order = orders.get(random.nextInt(orders.size())).command();
        scene.wants(new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "dropped"));
    }

    private String randomLeg() {
        return scene.leg(random.nextInt(scene.call().participants().size()));
    }
}
