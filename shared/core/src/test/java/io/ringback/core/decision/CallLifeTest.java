package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.event.CallEvent.DtmfReceived;
import io.ringback.core.event.CallEvent.ParticipantsUpdated;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.TonePressed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLifeTest {
    @ParameterizedTest
    @CsvSource({
        "0, true, false, true",
        "0, false, false, true",
        "0, false, true, true",
        "1, true, false, false",
        "1, false, true, false",
        "1, false, false, true",
        "2, false, false, false",
        "2, true, false, false"
    })
    void aCallIsOverWithoutALegOrWithOneLegAndNobodyToWaitFor(
            int legs, boolean application, boolean decision, boolean over) {
        assertThat(CallEnd.isOver(legs, application, decision)).isEqualTo(over);
    }

    @Test
    void createDialsEachTargetAndTellsEstablishing() {
        Scene scene = Scene.established(2, 0);
        assertThat(scene.ordered(MediaCommand.DialLeg.class))
                .extracting(dial -> dial.target().rawId())
                .containsExactly("4:+15555551000", "4:+15555551001");
        assertThat(scene.ordered(MediaCommand.DialLeg.class))
                .allSatisfy(dial -> assertThat(dial.notAfter()).isEqualTo(Samples.NOW.plusSeconds(60)));
        assertThat(states(scene)).containsExactly(CallState.ESTABLISHING);
        assertThat(scene.call().connections().get(0).callConnectionId())
                .startsWith(scene.call().serverCallId());
    }

    @Test
    void theFirstAnswerEstablishesAndTheRosterFollows() {
        Scene scene = Scene.established(1, 0);
        scene.happens(new LegRinging(scene.leg(0), 180));
        scene.happens(new LegConnected(scene.leg(0)));
        List<CallEvent> events = scene.told().stream().map(Effect.Notify::event).toList();
        assertThat(states(scene)).containsExactly(CallState.ESTABLISHING, CallState.ESTABLISHED);
        assertThat(events.get(events.size() - 1)).isInstanceOf(ParticipantsUpdated.class);
        assertThat(scene.call().establishedAt()).isEqualTo(scene.now());
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 486", "DECLINED, 603", "NO_ANSWER, 408", "UNREACHABLE, 480", "NOT_FOUND, 404"})
    void aFailedTargetEndsTheCallWithItsReason(EndReason reason, int status) {
        Scene scene = Scene.established(1, 0);
        scene.happens(new LegEnded(scene.leg(0), reason, status, "", null));
        assertThat(states(scene)).containsExactly(CallState.ESTABLISHING, CallState.TERMINATING, CallState.TERMINATED);
        assertThat(scene.told(ConnectionStateChanged.class).get(2).resultInfo()).satisfies(info -> {
            assertThat(info.reason()).isEqualTo(reason);
            assertThat(info.sipStatus()).isEqualTo(status);
        });
        assertThat(scene.call().isSettled()).isTrue();
    }

    @Test
    void ifAllTargetsFailTheHighestRankCounts() {
        Scene scene = Scene.established(3, 0);
        scene.happens(new LegEnded(scene.leg(0), EndReason.BUSY, 486, "", null));
        scene.happens(new LegEnded(scene.leg(1), EndReason.DECLINED, 603, "", null));
        scene.happens(new LegEnded(scene.leg(2), EndReason.NOT_FOUND, 404, "", null));
        assertThat(scene.call().endReason())
                .satisfies(info -> assertThat(info.reason()).isEqualTo(EndReason.DECLINED));
    }

    @Test
    void aLostGatewayIsTheReasonWhateverTargetsFailedBefore() {
        Scene scene = Scene.established(2, 0);
        scene.happens(new LegEnded(scene.leg(0), EndReason.BUSY, 486, "", null));
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        assertThat(scene.call().endReason())
                .satisfies(info -> assertThat(info.reason()).isEqualTo(EndReason.GATEWAY_LOST));
    }

    @Test
    void hangUpWithOneLegEndsTheCallWhenTheLegIsGone() {
        Scene scene = Scene.established(1, 1);
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);
        assertThat(scene.ordered(MediaCommand.EndCall.class))
                .singleElement()
                .satisfies(end -> assertThat(end.participantIds()).containsExactly(scene.leg(0)));
        scene.happens(new LegEnded(scene.leg(0), EndReason.HUNG_UP_BY_APPLICATION, 200, "", null));
        assertThat(states(scene)).endsWith(CallState.TERMINATING, CallState.TERMINATED);
        assertThat(scene.call().endReason())
                .satisfies(info -> assertThat(info.reason()).isEqualTo(EndReason.HUNG_UP_BY_APPLICATION));
    }

    @Test
    void hangUpWithTwoLegsDetachesOnly() {
        Scene scene = Scene.established(2, 2);
        scene.wants(Samples.play(scene.connection()));
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.call().liveLegs()).hasSize(2);
        List<CallEvent> events = scene.told().stream().map(Effect.Notify::event).toList();
        assertThat(events.subList(events.size() - 3, events.size()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ConnectionStateChanged", "PlayResult", "ConnectionStateChanged");
        assertThat(scene.ordered(MediaCommand.CancelMedia.class)).hasSize(1);
        scene.happens(new LegEnded(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);
        assertThat(scene.told()).hasSize(events.size());
    }

    @Test
    void hangUpAndTerminateAreRepeatable() {
        Scene scene = Scene.established(1, 1);
        scene.wants(new CallCommand.Terminate(scene.connection()));
        int effects = scene.effects().size();
        ServerCall before = scene.call();
        scene.wants(new CallCommand.Terminate(scene.connection()));
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.effects()).hasSize(effects);
        assertThat(scene.call()).isEqualTo(before);
    }

    @Test
    void anApplicationThatLeftCannotTerminateWhatGoesOnWithoutIt() {
        Scene scene = Scene.established(2, 2);
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.wants(new CallCommand.Terminate(scene.connection())))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.WRONG_STATE));
    }

    @Test
    void keyPressesAreCountedForEachParticipant() {
        Scene scene = Scene.established(2, 2);
        scene.happens(
                new TonePressed(scene.leg(0), Tone.TONE1),
                new TonePressed(scene.leg(1), Tone.STAR),
                new TonePressed(scene.leg(0), Tone.POUND));
        assertThat(scene.told(DtmfReceived.class))
                .extracting(DtmfReceived::participantId, DtmfReceived::sequenceId)
                .containsExactly(tuple(scene.leg(0), 1L), tuple(scene.leg(1), 1L), tuple(scene.leg(0), 2L));
    }

    @Test
    void aLegThatShowsLifeAfterTheEndIsHungUp() {
        Scene scene = Scene.established(1, 0);
        scene.wants(new CallCommand.LoseGateway(Samples.GATEWAY));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        int told = scene.told().size();
        scene.happens(new LegConnected(scene.leg(0)));
        assertThat(scene.ordered(MediaCommand.HangUpLeg.class)).hasSize(1);
        assertThat(scene.told()).hasSize(told);
    }

    @Test
    void unknownConnectionIsNotFound() {
        Scene scene = Scene.established(1, 1);
        String unknown = scene.call().serverCallId() + "x".repeat(12);
        assertThat(scene.wants(new CallCommand.HangUp(unknown)))
                .isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(rejected.message()).contains(unknown);
                });
    }

    private static List<CallState> states(Scene scene) {
        return scene.told(ConnectionStateChanged.class).stream()
                .map(ConnectionStateChanged::state)
                .toList();
    }
}
