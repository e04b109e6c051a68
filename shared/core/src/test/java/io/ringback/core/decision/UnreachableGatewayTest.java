package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant.State;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Recording.Status;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent.CancelMediaResult;
import io.ringback.core.event.CallEvent.InviteParticipantResult;
import io.ringback.core.event.CallEvent.PlayResult;
import io.ringback.core.event.CallEvent.RecordingFileStatusUpdated;
import io.ringback.core.event.CallEvent.RecordingStateChanged;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.core.media.MediaEvent.RecordingFile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A gateway that lives, goes on with its calls and cannot be told anything: nobody is in a call, or recorded, of whom
 * everybody was told otherwise, for longer than that lasts.
 */
class UnreachableGatewayTest {
    private final Scene scene = Scene.established(3, 3);

    @Test
    void whoWasRemovedHasLeftForEverybodyAndIsHungUpAsSoonAsCanBe() {
        String leg = scene.leg(0);
        scene.accepted(new CallCommand.RemoveParticipant(scene.connection(), leg));
        for (int times = 1; times <= 3; times++) {
            drop(last(HangUpLeg.class));

            assertThat(scene.participant(leg).state()).isEqualTo(State.LEFT);
            assertThat(scene.ordered(HangUpLeg.class))
                    .hasSize(times + 1)
                    .allSatisfy(order -> assertThat(order.participantId()).isEqualTo(leg));
            assertThat(last(HangUpLeg.class).notAfter()).isEqualTo(scene.now().plus(Limits.ORDER_LIFETIME));
            scene.passes(Duration.ofSeconds(30));
        }
    }

    @Test
    void theEndOfACallIsOrderedForAsLongAsItsLegsCanLive() {
        scene.accepted(new CallCommand.Terminate(scene.connection()));
        drop(last(EndCall.class));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.ordered(EndCall.class)).hasSize(2);
        assertThat(scene.ordered(EndCall.class).get(1).participantIds())
                .isEqualTo(scene.ordered(EndCall.class).get(0).participantIds());

        scene.passes(Limits.LONGEST_CALL);
        drop(last(EndCall.class));
        assertThat(scene.ordered(EndCall.class)).hasSize(2);
    }

    @Test
    void whoOnlyRingsIsHungUpForAsLongAsItCanRing() {
        Scene ringing = Scene.established(2, 0);
        ringing.accepted(new CallCommand.Terminate(ringing.connection()));
        ringing.accepted(dropped(ringing.ordered(EndCall.class).get(0)));
        assertThat(ringing.ordered(EndCall.class)).hasSize(2);

        ringing.passes(Limits.LONGEST_RINGING);
        ringing.accepted(dropped(ringing.ordered(EndCall.class).get(1)));
        assertThat(ringing.ordered(EndCall.class)).as("nobody rings any more").hasSize(2);
    }

    @Test
    void whoseDialWasHeardAllTheSameIsToldAsFailedOnceAndKeptOut() {
        String invited = scene.invites(Samples.invite(scene.connection(), null, "4:+15555550101"))
                .get(0);
        drop(last(DialLeg.class));
        assertThat(scene.told(InviteParticipantResult.class))
                .filteredOn(result -> result.participantId().equals(invited))
                .singleElement()
                .satisfies(result -> assertThat(result.resultInfo().reason()).isEqualTo(EndReason.UNREACHABLE));
        assertThat(hungUp(invited)).as("it may ring").isEqualTo(1);
        drop(last(HangUpLeg.class));
        assertThat(hungUp(invited)).isEqualTo(2);
        scene.passes(Limits.LONGEST_RINGING);
        drop(last(HangUpLeg.class));
        assertThat(hungUp(invited)).as("it does not ring any more").isEqualTo(2);

        int told = scene.told().size();
        scene.happens(new LegRinging(invited, 180));
        scene.connects(invited);
        assertThat(hungUp(invited)).isEqualTo(4);
        assertThat(scene.participant(invited).state()).isEqualTo(State.FAILED);
        drop(last(HangUpLeg.class));
        assertThat(hungUp(invited)).as("it is there").isEqualTo(5);

        scene.ends(invited, EndReason.CANCELLED);
        drop(last(HangUpLeg.class));
        assertThat(hungUp(invited)).as("it is gone").isEqualTo(5);
        assertThat(scene.told()).hasSize(told);
    }

    @Test
    void aCallerWhoseAnswerWasHeardAllTheSameIsHungUp() {
        Subscriber decider = Samples.subscriber("decider", Announcement.INCOMING_CALL);
        Scene incoming = Scene.offered(Samples.incoming(), decider);
        incoming.accepted(new CallCommand.AnswerCall(decider.subscriptionId(), Samples.CALLBACK, Set.of(), null));
        incoming.accepted(dropped(incoming.ordered(AnswerLeg.class).get(0)));
        assertThat(incoming.call().state()).isEqualTo(CallState.TERMINATED);

        incoming.connects("caller");
        assertThat(incoming.ordered(HangUpLeg.class))
                .hasSize(2)
                .allSatisfy(order -> assertThat(order.participantId()).isEqualTo("caller"));
    }

    @Test
    void whoIsForgottenAndShowsLifeIsHungUp() {
        scene.happens(new LegConnected("forgotten"));

        assertThat(hungUp("forgotten")).isEqualTo(1);
        drop(last(HangUpLeg.class));
        assertThat(hungUp("forgotten")).isEqualTo(1);
    }

    @Test
    void whoHasLeftAloneMeanwhileIsNotHungUp() {
        scene.accepted(new CallCommand.Terminate(scene.connection()));
        for (int i = 0; i < 3; i++) {
            scene.ends(scene.leg(i), EndReason.HUNG_UP_BY_PARTICIPANT);
        }
        drop(last(EndCall.class));

        assertThat(scene.ordered(EndCall.class)).hasSize(1);
    }

    @Test
    void aMuteIsOrderedAgainForAsLongAsItIsWanted() {
        scene.accepted(new CallCommand.MuteParticipant(scene.connection(), scene.leg(0), true));
        SetLeg mute = last(SetLeg.class);
        drop(mute);
        assertThat(scene.participant(scene.leg(0)).muted()).isTrue();
        assertThat(scene.ordered(SetLeg.class)).hasSize(2);
        assertThat(last(SetLeg.class).wanted()).isEqualTo(mute.wanted());

        scene.accepted(new CallCommand.MuteParticipant(scene.connection(), scene.leg(0), false));
        drop(mute);
        assertThat(scene.ordered(SetLeg.class)).hasSize(3);
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);
        drop(last(SetLeg.class));
        assertThat(scene.ordered(SetLeg.class)).hasSize(3);
    }

    @Test
    void whoIsConnectedAlreadyIsNotGivenUpWithTheDialWhoseAnswerWasLost() {
        DialLeg dial = scene.ordered(DialLeg.class).get(0);
        drop(dial);

        assertThat(scene.participant(dial.participantId()).isConnected()).isTrue();
        assertThat(scene.ordered(HangUpLeg.class)).isEmpty();
    }

    @Test
    void aPauseIsOrderedAgainForAsLongAsItIsWanted() {
        String id = recording();
        scene.accepted(new CallCommand.PauseRecording(id));
        SetRecording pause = last(SetRecording.class);
        drop(pause);
        assertThat(wanted()).endsWith(Wanted.PAUSED, Wanted.PAUSED);

        scene.accepted(new CallCommand.ResumeRecording(id));
        drop(pause);
        assertThat(wanted()).as("resumed since").endsWith(Wanted.PAUSED, Wanted.RECORDING);
        drop(last(SetRecording.class));
        assertThat(wanted()).endsWith(Wanted.RECORDING, Wanted.RECORDING);

        scene.accepted(new CallCommand.StopRecording(id));
        drop(last(SetRecording.class));
        assertThat(wanted()).endsWith(Wanted.STOPPED, Wanted.STOPPED);

        int orders = wanted().size();
        scene.accepted(new CallCommand.Terminate(scene.connection()));
        drop(last(SetRecording.class));
        assertThat(wanted()).as("the end of the call stops it").hasSize(orders);
    }

    @Test
    void whatWasToldNotToBeRecordedIsNotRecorded() {
        String id = startToRecord();
        drop(last(SetRecording.class));
        assertThat(scene.told(RecordingFileStatusUpdated.class))
                .singleElement()
                .satisfies(file -> assertThat(file.status()).isEqualTo(Status.FAILED));
        assertThat(wanted()).containsExactly(Wanted.RECORDING);

        scene.happens(new RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
        assertThat(wanted()).containsExactly(Wanted.RECORDING, Wanted.STOPPED);
        drop(last(SetRecording.class));
        assertThat(wanted()).endsWith(Wanted.STOPPED, Wanted.STOPPED);
        scene.happens(new RecordingChanged(id, Change.STOP, scene.now(), 10, List.of()));
        assertThat(scene.told(RecordingStateChanged.class)).isEmpty();
        scene.happens(new RecordingFile(id, true, "key.wav", 10, 204, 1, List.of(), "stored"));
        assertThat(scene.told(RecordingFileStatusUpdated.class)).hasSize(1);
        assertThat(scene.call().recording(id).orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(scene.call().recording(id).orElseThrow().contentKey())
                .as("to be deleted")
                .isEqualTo("key.wav");
    }

    /** Its order may have been overtaken by the cancellation, and then nobody else tells how it ended. */
    @Test
    void whatWasCancelledHasEndedAndIsCancelledAgain() {
        String play = scene.begins(Samples.play(scene.connection()));
        String cancel = scene.begins(new CallCommand.CancelAllMediaOperations(scene.connection(), null));
        drop(last(CancelMedia.class));

        assertThat(scene.told(PlayResult.class))
                .extracting(
                        PlayResult::operationId, result -> result.resultInfo().reason())
                .containsExactly(tuple(play, EndReason.CANCELLED));
        assertThat(scene.told(CancelMediaResult.class))
                .extracting(
                        CancelMediaResult::operationId,
                        result -> result.resultInfo().reason())
                .containsExactly(tuple(cancel, EndReason.UNREACHABLE));

        assertThat(scene.ordered(CancelMedia.class))
                .hasSize(2)
                .extracting(CancelMedia::canceledOperationIds)
                .containsOnly(scene.ordered(CancelMedia.class).get(0).canceledOperationIds());
    }

    @Test
    void whatTheGatewayRefusesIsNotAskedOfItAgain() {
        scene.accepted(new CallCommand.RemoveParticipant(scene.connection(), scene.leg(0)));
        scene.accepted(new CallCommand.DropMediaCommand(last(HangUpLeg.class), EndReason.FAILED, "400"));

        assertThat(scene.ordered(HangUpLeg.class)).hasSize(1);
    }

    private String recording() {
        String id = startToRecord();
        scene.happens(new RecordingChanged(id, Change.START, scene.now(), 0, List.of()));
        return id;
    }

    private String startToRecord() {
        CallCommand start =
                new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.WAV);
        return ((Reply.RecordingStarted) scene.accepted(start)).recordingId();
    }

    private List<Wanted> wanted() {
        return scene.ordered(SetRecording.class).stream()
                .map(SetRecording::wanted)
                .toList();
    }

    private long hungUp(String leg) {
        return scene.ordered(HangUpLeg.class).stream()
                .filter(order -> order.participantId().equals(leg))
                .count();
    }

    private <T extends MediaCommand> T last(Class<T> type) {
        List<T> orders = scene.ordered(type);
        return orders.get(orders.size() - 1);
    }

    private void drop(MediaCommand order) {
        scene.accepted(dropped(order));
    }

    private static CallCommand.DropMediaCommand dropped(MediaCommand order) {
        return new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "too late");
    }
}
