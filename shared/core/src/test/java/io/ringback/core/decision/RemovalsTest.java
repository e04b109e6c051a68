package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.command.CallCommand.RemoveParticipant;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import org.junit.jupiter.api.Test;

/** A leg that is being ended is not ordered to end again, whoever asks for it. */
class RemovalsTest {
    private final Scene scene = Scene.established(3, 3);

    @Test
    void whoIsAskedToLeaveTwiceIsHungUpOnce() {
        scene.wants(remove(scene.leg(0)));
        ServerCall before = scene.call();
        int effects = scene.effects().size();

        assertThat(scene.accepted(remove(scene.leg(0)))).isEqualTo(new Reply.Done());
        scene.accepted(new RemoveParticipant(null, scene.leg(0)));
        assertThat(scene.call()).isEqualTo(before);
        assertThat(scene.effects()).hasSize(effects);
    }

    @Test
    void anotherPartyIsRemovedMeanwhile() {
        scene.wants(remove(scene.leg(0)));
        scene.wants(remove(scene.leg(1)));

        assertThat(scene.ordered(HangUpLeg.class))
                .extracting(HangUpLeg::participantId)
                .containsExactly(scene.leg(0), scene.leg(1));
    }

    @Test
    void anOrderThatCannotBeGivenEndsTheLegAsWell() {
        scene.wants(remove(scene.leg(0)));
        HangUpLeg order = scene.ordered(HangUpLeg.class).get(0);
        scene.wants(new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "too late"));

        assertThat(scene.participant(scene.leg(0)).isLive()).isFalse();
    }

    @Test
    void theEndOfTheCallEndsWhoIsLeavingToo() {
        scene.wants(remove(scene.leg(0)));
        scene.wants(new CallCommand.Terminate(scene.connection()));

        assertThat(scene.ordered(EndCall.class))
                .singleElement()
                .satisfies(end -> assertThat(end.participantIds()).contains(scene.leg(0)));
    }

    @Test
    void aTransfersTargetThatIsLeavingIsNotCancelledAgain() {
        scene.wants(Samples.transfer(scene.connection(), scene.leg(0)));
        String target = scene.leg(3);
        scene.wants(remove(target));
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);

        assertThat(scene.ordered(HangUpLeg.class))
                .extracting(HangUpLeg::participantId)
                .containsExactly(target);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    private RemoveParticipant remove(String participantId) {
        return new RemoveParticipant(scene.connection(), participantId);
    }
}
