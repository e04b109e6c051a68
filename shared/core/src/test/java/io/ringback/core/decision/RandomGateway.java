package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Incoming;
import io.ringback.core.call.Incoming.Decided;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.testkit.Generator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A gateway that carries out what it is ordered, late, early and in any order, but reports every end once. */
final class RandomGateway {
    private final Generator random;
    private final Scene scene;
    private final Set<String> endedLegs = new HashSet<>();
    private final Set<String> endedOperations = new HashSet<>();
    private final Set<String> doneCancels = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> filed = new HashSet<>();

    RandomGateway(Generator random, Scene scene) {
        this.random = random;
        this.scene = scene;
    }

    /** One thing happens. */
    void step() {
        switch (random.between(0, 9)) {
            case 0, 1, 2 -> answer(randomLeg());
            case 3 -> endLeg(randomLeg());
            case 4 -> scene.happens(new MediaEvent.TonePressed(randomLeg(), random.pick(Tone.class)));
            case 5 -> scene.happens(new MediaEvent.LegHeld(randomLeg(), random.percent(50)));
            case 6, 7 -> endSomeOperation();
            case 8 -> finishCancels();
            default -> changeSomeRecording();
        }
    }

    /** Carries out everything that is still to be done; every leg ends. */
    void finish() {
        finishCancels();
        scene.call().participants().forEach(participant -> endLeg(participant.participantId()));
        for (Recording recording : scene.call().recordings()) {
            stop(recording.recordingId());
            file(recording.recordingId());
        }
    }

    private void answer(String leg) {
        if (!endedLegs.contains(leg) && mayAnswer(leg)) {
            scene.happens(new MediaEvent.LegRinging(leg, 180), new MediaEvent.LegConnected(leg));
            if (!scene.participant(leg).isLive()) {
                assertThat(scene.ordered(MediaCommand.HangUpLeg.class))
                        .as("who is over for everybody")
                        .extracting(MediaCommand.HangUpLeg::participantId)
                        .contains(leg);
            }
        }
    }

    /** A caller is answered by order, or when the target to which it was redirected has answered. */
    private boolean mayAnswer(String leg) {
        Incoming incoming = scene.call().incoming();
        return incoming == null
                || !leg.equals(incoming.participantId())
                || incoming.decided() == Decided.ANSWERED
                || scene.call().participants().stream().anyMatch(Participant::isConnected);
    }

    private void endLeg(String leg) {
        if (endedLegs.add(leg)) {
            EndReason reason = random.pick(EndReason.BUSY, EndReason.HUNG_UP_BY_PARTICIPANT, EndReason.MEDIA_LOST);
            scene.happens(new MediaEvent.LegEnded(leg, reason, null, "", null));
        }
    }

    private void endSomeOperation() {
        List<String> plays = scene.ordered(MediaCommand.Play.class).stream()
                .map(MediaCommand.Play::operationId)
                .toList();
        List<String> sendings = sendings();
        List<String> ids = plays.isEmpty() || (random.percent(50) && !sendings.isEmpty()) ? sendings : plays;
        if (!ids.isEmpty()) {
            endOperation(random.pick(ids), random.pick(Outcome.class));
        }
    }

    private void endOperation(String id, Outcome outcome) {
        if (!endedOperations.add(id)) {
            return;
        }
        if (sendings().contains(id)) {
            scene.happens(new MediaEvent.TonesSent(id, outcome, 0, ""));
        } else {
            scene.happens(new MediaEvent.PlayStarted(id), new MediaEvent.PlayEnded(id, outcome, null, 0, ""));
        }
    }

    private List<String> sendings() {
        return scene.ordered(MediaCommand.SendTones.class).stream()
                .map(MediaCommand.SendTones::operationId)
                .toList();
    }

    private void finishCancels() {
        for (MediaCommand.CancelMedia cancel : scene.ordered(MediaCommand.CancelMedia.class)) {
            if (doneCancels.add(cancel.operationId())) {
                cancel.canceledOperationIds().forEach(id -> endOperation(id, Outcome.CANCELLED));
                scene.happens(new MediaEvent.MediaCancelled(cancel.operationId(), cancel.canceledOperationIds()));
            }
        }
    }

    private void changeSomeRecording() {
        List<Recording> recordings = scene.call().recordings();
        if (recordings.isEmpty()) {
            return;
        }
        String id = random.pick(recordings).recordingId();
        switch (random.between(0, 2)) {
            case 0 -> scene.happens(new MediaEvent.RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
            case 1 -> stop(id);
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
            scene.happens(new MediaEvent.RecordingFile(id, random.percent(50), "key", 100, 1644, 1, List.of(), ""));
        }
    }

    private String randomLeg() {
        return random.pick(scene.call().participants()).participantId();
    }
}
