package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant.HeldBy;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.command.CallCommand.HoldParticipant;
import io.ringback.core.command.CallCommand.MuteParticipant;
import io.ringback.core.command.CallCommand.RemoveParticipant;
import io.ringback.core.command.CallCommand.UnholdParticipant;
import io.ringback.core.event.CallEvent.ParticipantsUpdated;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.LegHeld;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantsTest {
    private static final PromptSource MUSIC =
            new PromptSource.File(URI.create("https://app.example/music.wav"), "music");

    private final Scene scene = Scene.established(2, 2);

    @Test
    void removingHangsUpTheLegAndTheRosterFollowsOnce() {
        scene.wants(remove(scene.leg(0)));
        assertThat(scene.ordered(HangUpLeg.class)).singleElement().satisfies(order -> {
            assertThat(order.participantId()).isEqualTo(scene.leg(0));
            assertThat(order.reason()).isEqualTo(EndReason.HUNG_UP_BY_APPLICATION);
        });
        int rosters = rosters().size();
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_APPLICATION);
        scene.wants(remove(scene.leg(0)));
        assertThat(rosters()).hasSize(rosters + 1);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void aRingingOneIsRemovedToo() {
        Scene ringing = Scene.established(2, 0);
        ringing.wants(new RemoveParticipant(ringing.connection(), ringing.leg(1)));
        assertThat(ringing.ordered(HangUpLeg.class)).hasSize(1);
        ringing.ends(ringing.leg(1), EndReason.CANCELLED);
        ringing.connects(ringing.leg(0));
        assertThat(ringing.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void somebodyOutsideRemovesFromAnEstablishedCall() {
        scene.wants(new RemoveParticipant(null, scene.leg(1)));
        assertThat(scene.ordered(HangUpLeg.class)).hasSize(1);
        Scene ringing = Scene.established(2, 0);
        assertThat(ringing.rejected(new RemoveParticipant(null, ringing.leg(1))).code())
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void whoHasLeftIsRemovedAlready() {
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);
        ServerCall before = scene.call();
        int effects = scene.effects().size();
        scene.accepted(remove(scene.leg(0)));
        scene.accepted(new RemoveParticipant(null, scene.leg(0)));
        assertThat(scene.call()).isEqualTo(before);
        assertThat(scene.effects()).hasSize(effects);
    }

    @Test
    void aCallThatEndsNeedsNoRemoval() {
        scene.wants(new CallCommand.Terminate(scene.connection()));
        scene.accepted(remove(scene.leg(0)));
        assertThat(scene.ordered(HangUpLeg.class)).isEmpty();
    }

    @Test
    void anApplicationThatLeftCannotRemove() {
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.rejected(remove(scene.leg(0))).code()).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void mutingOrdersTheWholeWantedState() {
        scene.wants(mute(true));
        assertThat(lastOrder())
                .isEqualTo(new SetLeg(
                        scene.leg(0),
                        true,
                        false,
                        null,
                        SetLeg.Sounding.PLAIN,
                        scene.now().plus(Limits.ORDER_LIFETIME)));
        assertThat(rosters().get(rosters().size() - 1).participants().get(0).muted())
                .isTrue();
        scene.wants(mute(false));
        assertThat(lastOrder().muted()).isFalse();
        assertThat(scene.participant(scene.leg(0)).muted()).isFalse();
    }

    @Test
    void whatHoldsAlreadyHasNoEffect() {
        scene.wants(mute(true));
        scene.wants(hold(MUSIC));
        int effects = scene.effects().size();
        scene.accepted(mute(true));
        scene.accepted(hold(MUSIC));
        assertThat(scene.effects()).hasSize(effects);
        scene.wants(mute(false));
        scene.wants(unhold());
        effects = scene.effects().size();
        scene.accepted(mute(false));
        scene.accepted(unhold());
        assertThat(scene.effects()).hasSize(effects);
    }

    @Test
    void holdingKeepsTheMuteAndMutingKeepsTheMusic() {
        scene.wants(hold(MUSIC));
        scene.wants(mute(true));
        assertThat(lastOrder()).satisfies(order -> {
            assertThat(order.muted()).isTrue();
            assertThat(order.held()).isTrue();
            assertThat(order.music()).isEqualTo(MUSIC);
        });
        scene.wants(unhold());
        assertThat(lastOrder()).satisfies(order -> {
            assertThat(order.muted()).isTrue();
            assertThat(order.held()).isFalse();
            assertThat(order.music()).isNull();
        });
    }

    @Test
    void otherMusicIsOrderedButIsNoChangeOfTheRoster() {
        scene.wants(hold(null));
        int rosters = rosters().size();
        scene.wants(hold(MUSIC));
        assertThat(lastOrder().music()).isEqualTo(MUSIC);
        assertThat(rosters()).hasSize(rosters);
    }

    @Test
    void aPhonesOwnHoldIsNotLiftedByTheApplication() {
        scene.happens(new LegHeld(scene.leg(0), true), new LegHeld(scene.leg(0), true));
        assertThat(scene.participant(scene.leg(0)).holds()).containsExactly(HeldBy.PARTICIPANT);
        assertThat(scene.ordered(SetLeg.class)).isEmpty();
        scene.wants(hold(null));
        assertThat(scene.participant(scene.leg(0)).holds())
                .containsExactlyInAnyOrder(HeldBy.PARTICIPANT, HeldBy.APPLICATION);
        scene.wants(unhold());
        assertThat(lastOrder().held()).isFalse();
        assertThat(scene.participant(scene.leg(0)).isOnHold()).isTrue();
        scene.happens(new LegHeld(scene.leg(0), false));
        assertThat(scene.participant(scene.leg(0)).isOnHold()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "hold", "unhold", "remove"})
    void anUnknownParticipantIsNotFound(String what) {
        Decision.Rejected rejected = scene.rejected(command(what, scene.connection(), "nobody"));
        assertThat(rejected.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(rejected.target()).isEqualTo("participantId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "hold", "unhold", "remove"})
    void anUnknownConnectionIsNotFound(String what) {
        Decision.Rejected rejected = scene.rejected(command(what, "nothing", scene.leg(0)));
        assertThat(rejected.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(rejected.target()).isEqualTo("callConnectionId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "hold", "unhold"})
    void onlyWhoIsConnectedIsMutedOrHeld(String what) {
        Scene halfway = Scene.established(2, 1);
        Decision.Rejected rejected = halfway.rejected(command(what, halfway.connection(), halfway.leg(1)));
        assertThat(rejected.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(rejected.message()).contains("ringing");
        halfway.ends(halfway.leg(1), EndReason.BUSY);
        assertThat(halfway.rejected(command(what, halfway.connection(), halfway.leg(1)))
                        .code())
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "hold", "unhold"})
    void onlyWhileTheConnectionIsEstablished(String what) {
        scene.wants(new CallCommand.HangUp(scene.connection()));
        Decision.Rejected rejected = scene.rejected(command(what, scene.connection(), scene.leg(0)));
        assertThat(rejected.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(rejected.target()).isEqualTo("callConnectionId");
    }

    private static CallCommand command(String what, String connection, String participant) {
        return switch (what) {
            case "mute" -> new MuteParticipant(connection, participant, true);
            case "hold" -> new HoldParticipant(connection, participant, null);
            case "unhold" -> new UnholdParticipant(connection, participant);
            default -> new RemoveParticipant(connection, participant);
        };
    }

    private RemoveParticipant remove(String participantId) {
        return new RemoveParticipant(scene.connection(), participantId);
    }

    private MuteParticipant mute(boolean muted) {
        return new MuteParticipant(scene.connection(), scene.leg(0), muted);
    }

    private HoldParticipant hold(@Nullable PromptSource music) {
        return new HoldParticipant(scene.connection(), scene.leg(0), music);
    }

    private UnholdParticipant unhold() {
        return new UnholdParticipant(scene.connection(), scene.leg(0));
    }

    private SetLeg lastOrder() {
        List<SetLeg> orders = scene.ordered(MediaCommand.SetLeg.class);
        return orders.get(orders.size() - 1);
    }

    private List<ParticipantsUpdated> rosters() {
        return scene.told(ParticipantsUpdated.class);
    }
}
