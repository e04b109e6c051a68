package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent.DtmfReceived;
import io.ringback.core.event.CallEvent.InviteParticipantResult;
import io.ringback.core.event.CallEvent.TransferResult;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.TonePressed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call of an application and one party, {@code leg(0)}; the target of a transfer is {@code leg(1)}. */
class TransfersTest {
    private final Scene scene = Scene.established(1, 1);

    @Test
    void theTransfereeHearsRingbackWhileTheTargetRings() {
        int told = scene.told().size();
        transfer();
        assertThat(lastDial()).satisfies(dial -> {
            assertThat(dial.participantId()).isEqualTo(scene.leg(1));
            assertThat(dial.target().rawId()).isEqualTo("4:+15555550177");
            assertThat(dial.coupling()).isEqualTo(new Coupling(scene.leg(0), Coupling.Kind.RINGBACK));
            assertThat(dial.notAfter()).isEqualTo(scene.now().plusSeconds(40));
        });
        assertThat(scene.call().state()).isEqualTo(CallState.TRANSFERRING);
        assertThat(connection().state()).isEqualTo(CallState.TRANSFERRING);
        assertThat(scene.toldSince(told)).containsExactly("TRANSFERRING", "ParticipantsUpdated");
    }

    @Test
    void whenTheTargetAnswersTheApplicationLeavesTheTwoAlone() {
        String id = transfer();
        int told = scene.told().size();
        scene.connects(scene.leg(1));
        assertThat(scene.toldSince(told))
                .containsExactly("ParticipantsUpdated", "TransferResult", "TERMINATING", "TERMINATED");
        assertThat(result()).satisfies(result -> {
            assertThat(result.operationId()).isEqualTo(id);
            assertThat(result.operationContext()).isEqualTo("transfer-context");
            assertThat(result.status()).isEqualTo(Status.COMPLETED);
        });
        assertThat(connection().endReason())
                .satisfies(info -> assertThat(info.reason()).isEqualTo(EndReason.COMPLETED));
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.call().liveLegs()).hasSize(2);
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "DECLINED", "NO_ANSWER", "NOT_FOUND", "UNREACHABLE"})
    void whenTheTargetFailsTheCallIsAsBefore(EndReason reason) {
        transfer();
        int told = scene.told().size();
        scene.ends(scene.leg(1), reason);
        assertThat(scene.toldSince(told)).containsExactly("TransferResult", "ESTABLISHED", "ParticipantsUpdated");
        assertThat(result().status()).isEqualTo(Status.FAILED);
        assertThat(result().resultInfo().reason()).isEqualTo(reason);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        scene.accepted(Samples.play(scene.connection()));
        scene.accepted(Samples.transfer(scene.connection(), null));
    }

    @Test
    void playsAndSendingsEndBeforeTheTargetRings() {
        String play = scene.begins(Samples.play(scene.connection()));
        String outside = scene.begins(Samples.play(null, null, Samples.OUTSIDE));
        String tones = scene.begins(Samples.sendDtmf(scene.connection(), scene.leg(0), Tone.TONE1));
        int told = scene.told().size();
        transfer();
        assertThat(scene.ordered(CancelMedia.class))
                .extracting(CancelMedia::canceledOperationIds)
                .containsExactly(List.of(play, outside, tones));
        assertThat(scene.toldSince(told))
                .containsExactly("PlayResult", "PlayResult", "SendDtmfResult", "TRANSFERRING", "ParticipantsUpdated");
        int results = scene.told().size();
        scene.happens(new PlayEnded(play, PlayEnded.Outcome.CANCELLED, null, 0, ""));
        assertThat(scene.told()).hasSize(results);
    }

    @Test
    void keyPressesAreNotReportedMeanwhile() {
        transfer();
        scene.happens(new TonePressed(scene.leg(0), Tone.TONE1));
        assertThat(scene.told(DtmfReceived.class)).isEmpty();
        scene.ends(scene.leg(1), EndReason.BUSY);
        scene.happens(new TonePressed(scene.leg(0), Tone.TONE1));
        assertThat(scene.told(DtmfReceived.class)).hasSize(1);
    }

    @Test
    void nothingElseIsBegunMeanwhile() {
        transfer();
        String connection = scene.connection();
        String leg = scene.leg(0);
        for (CallCommand command : List.of(
                Samples.play(connection),
                Samples.play(null, null, Samples.OUTSIDE),
                Samples.play(connection, leg, null),
                Samples.sendDtmf(connection, leg, Tone.TONE1),
                Samples.invite(connection, null, "4:+15555550101"),
                Samples.transfer(connection, null),
                new CallCommand.MuteParticipant(connection, leg, true),
                new CallCommand.HoldParticipant(connection, leg, null),
                new CallCommand.UnholdParticipant(connection, leg),
                new CallCommand.CancelAllMediaOperations(connection, null))) {
            Decision.Rejected rejected = scene.rejected(command);
            assertThat(rejected.code()).as("%s", command).isEqualTo(ErrorCode.WRONG_STATE);
            assertThat(rejected.message()).contains("transferring");
        }
    }

    @Test
    void nobodyAndMoreThanOneCannotBeTransferred() {
        Scene two = Scene.established(2, 2);
        Decision.Rejected rejected = two.rejected(Samples.transfer(two.connection(), null));
        assertThat(rejected.code()).isEqualTo(ErrorCode.TRANSFER_NOT_POSSIBLE);
        assertThat(rejected.target()).isEqualTo("transferee");
        two.ends(two.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);
        two.accepted(Samples.invite(two.connection(), null, "4:+15555550101"));
        two.ends(two.leg(1), EndReason.HUNG_UP_BY_PARTICIPANT);
        assertThat(two.rejected(Samples.transfer(two.connection(), null)).code())
                .isEqualTo(ErrorCode.TRANSFER_NOT_POSSIBLE);
    }

    @Test
    void oneOfSeveralIsTransferredByName() {
        Scene three = Scene.established(3, 2);
        assertThat(three.rejected(Samples.transfer(three.connection(), three.leg(2)))
                        .code())
                .isEqualTo(ErrorCode.TRANSFER_NOT_POSSIBLE);
        assertThat(three.rejected(Samples.transfer(three.connection(), "nobody"))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        three.accepted(Samples.transfer(three.connection(), three.leg(1)));
        List<DialLeg> dials = three.ordered(DialLeg.class);
        assertThat(dials.get(dials.size() - 1).coupling())
                .isEqualTo(new Coupling(three.leg(1), Coupling.Kind.RINGBACK));
    }

    @Test
    void aFullCallHasNoRoomForATarget() {
        String[] many = new String[Limits.LIVE_PARTICIPANTS - 1];
        Arrays.fill(many, "4:+15555550101");
        scene.accepted(Samples.invite(scene.connection(), null, many));
        assertThat(scene.rejected(Samples.transfer(scene.connection(), null)).code())
                .isEqualTo(ErrorCode.OPERATION_NOT_ALLOWED);
    }

    @Test
    void muteAndHoldOfTheApplicationEndWithItsAttachment() {
        scene.wants(new CallCommand.MuteParticipant(scene.connection(), scene.leg(0), true));
        scene.wants(new CallCommand.HoldParticipant(scene.connection(), scene.leg(0), null));
        transfer();
        scene.connects(scene.leg(1));
        List<SetLeg> orders = scene.ordered(SetLeg.class);
        assertThat(orders.get(orders.size() - 1)).satisfies(order -> {
            assertThat(order.muted()).isFalse();
            assertThat(order.held()).isFalse();
        });
        assertThat(scene.participant(scene.leg(0)).isOnHold()).isFalse();
    }

    @Test
    void withoutATransfereeTheTargetIsHungUp() {
        transfer();
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);
        assertThat(result().status()).isEqualTo(Status.FAILED);
        assertThat(result().resultInfo().reason()).isEqualTo(EndReason.CANCELLED);
        assertThat(scene.ordered(HangUpLeg.class))
                .extracting(HangUpLeg::participantId)
                .containsExactly(scene.leg(1));
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        scene.ends(scene.leg(1), EndReason.CANCELLED);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.told(TransferResult.class)).hasSize(1);
    }

    @Test
    void aTargetThatIsRemovedHasNotAnswered() {
        transfer();
        scene.accepted(new CallCommand.RemoveParticipant(scene.connection(), scene.leg(1)));
        scene.ends(scene.leg(1), EndReason.CANCELLED);
        assertThat(result().resultInfo().reason()).isEqualTo(EndReason.CANCELLED);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void anApplicationThatHangsUpDoesNotStopIt() {
        transfer();
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.call().state()).isEqualTo(CallState.TRANSFERRING);
        assertThat(connection().state()).isEqualTo(CallState.TERMINATED);
        int told = scene.told().size();
        scene.connects(scene.leg(1));
        assertThat(scene.toldSince(told)).containsExactly("TransferResult");
        assertThat(scene.told().get(told).callConnectionId()).isNull();
        assertThat(scene.told().get(told).callback()).isEqualTo(Samples.CALLBACK);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void ifTheApplicationHungUpAndTheTargetFailsTheCallIsOver() {
        transfer();
        scene.wants(new CallCommand.HangUp(scene.connection()));
        scene.ends(scene.leg(1), EndReason.BUSY);
        assertThat(result().resultInfo().reason()).isEqualTo(EndReason.BUSY);
        assertThat(scene.ordered(EndCall.class))
                .extracting(EndCall::participantIds)
                .containsExactly(List.of(scene.leg(0)));
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
    }

    @Test
    void terminateEndsItWithOneResultBeforeTheLastState() {
        transfer();
        scene.wants(new CallCommand.Terminate(scene.connection()));
        scene.connects(scene.leg(1));
        scene.ends(scene.leg(1), EndReason.HUNG_UP_BY_APPLICATION);
        int told = scene.told().size();
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(scene.toldSince(told)).containsExactly("TransferResult", "TERMINATED");
        assertThat(result().resultInfo().reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void aLostGatewayEndsItWithTheCall() {
        transfer();
        int told = scene.told().size();
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        assertThat(scene.toldSince(told))
                .containsExactly("ParticipantsUpdated", "TERMINATING", "TransferResult", "TERMINATED");
        assertThat(scene.call().endReason())
                .satisfies(info -> assertThat(info.reason()).isEqualTo(EndReason.GATEWAY_LOST));
    }

    @Test
    void anOrderToDialThatWasDroppedFailsIt() {
        transfer();
        scene.wants(new CallCommand.DropMediaCommand(lastDial(), EndReason.UNREACHABLE, "too late"));
        assertThat(result().resultInfo().message()).isEqualTo("too late");
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void theOtherApplicationStaysAndWhoWasInvitedIsStillReported() {
        scene.accepted(Samples.join(Samples.OUTSIDE));
        String invited = scene.invites(Samples.invite(scene.connection(), null, "4:+15555550101"))
                .get(0);
        transfer();
        scene.connects(scene.leg(2));
        assertThat(scene.call().connections())
                .extracting(Connection::state)
                .containsExactly(CallState.TERMINATED, CallState.ESTABLISHED);
        scene.ends(invited, EndReason.BUSY);
        assertThat(scene.told(InviteParticipantResult.class)).hasSize(1);
    }

    private String transfer() {
        return scene.begins(Samples.transfer(scene.connection(), null));
    }

    private Connection connection() {
        return scene.call().connections().get(0);
    }

    private TransferResult result() {
        List<TransferResult> results = scene.told(TransferResult.class);
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private DialLeg lastDial() {
        List<DialLeg> dials = scene.ordered(DialLeg.class);
        return dials.get(dials.size() - 1);
    }
}
