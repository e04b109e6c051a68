package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Participant.HeldBy;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.command.CallCommand.HoldParticipant;
import io.ringback.core.command.CallCommand.MuteParticipant;
import io.ringback.core.command.CallCommand.UnholdParticipant;
import io.ringback.core.event.CallEvent.ParticipantsUpdated;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.LegHeld;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the roster shows of a mute or a hold that the gateway does not take: what is, and not what was wanted. */
class RefusedSoundingTest {
    private static final PromptSource MUSIC = file("music");
    private static final PromptSource OTHER = file("other");

    private final Scene scene = Scene.established(2, 2);

    @Test
    void aMuteThatIsRefusedIsTakenBackAndTold() {
        scene.wants(mute(true));
        int rosters = rosters().size();
        refuseLast();

        assertThat(party().muted()).isFalse();
        assertThat(rosters()).hasSize(rosters + 1);
        assertThat(rosters().get(rosters).participants().get(0).muted()).isFalse();
        assertThat(lastOrder().wanted()).isEqualTo(SetLeg.Sounding.PLAIN);
    }

    @Test
    void aHoldThatIsRefusedIsTakenBackAndThePhonesOwnStays() {
        scene.happens(new LegHeld(scene.leg(0), true));
        scene.wants(hold(MUSIC));
        refuseLast();

        assertThat(party().holds()).containsExactly(HeldBy.PARTICIPANT);
        assertThat(party().holdMusic()).isNull();
    }

    @Test
    void anEndOfAHoldThatIsRefusedLeavesItsMusic() {
        scene.wants(mute(true));
        scene.wants(hold(MUSIC));
        scene.wants(new UnholdParticipant(scene.connection(), scene.leg(0)));
        refuseLast();

        assertThat(party().holds()).containsExactly(HeldBy.APPLICATION);
        assertThat(party().holdMusic()).isEqualTo(MUSIC);
        assertThat(party().muted()).isTrue();
    }

    @Test
    void otherMusicThatIsRefusedLeavesTheOneBefore() {
        scene.wants(hold(MUSIC));
        scene.wants(hold(OTHER));
        refuseLast();

        assertThat(party().holdMusic()).isEqualTo(MUSIC);
        assertThat(lastOrder().music()).isEqualTo(MUSIC);
    }

    @Test
    void whatALaterOrderWantsIsLeftToThatOne() {
        scene.wants(mute(true));
        SetLeg first = lastOrder();
        scene.wants(hold(null));
        ServerCall before = scene.call();
        scene.wants(refused(first));

        assertThat(scene.call()).isEqualTo(before);
    }

    @Test
    void whenAllAreRefusedTheLegIsShownAsItBegan() {
        scene.wants(mute(true));
        SetLeg first = lastOrder();
        scene.wants(hold(MUSIC));
        SetLeg second = lastOrder();
        scene.wants(refused(first));
        scene.wants(refused(second));
        assertThat(lastOrder().muted()).as("the first is ordered again").isTrue();
        refuseLast();
        refuseLast();

        assertThat(party().muted()).isFalse();
        assertThat(party().isOnHold()).isFalse();
        int orders = scene.ordered(SetLeg.class).size();
        refuseLast();
        assertThat(scene.ordered(SetLeg.class)).as("nobody asks for ever").hasSize(orders);
    }

    @Test
    void whoHasLeftIsLeftAlone() {
        scene.wants(mute(true));
        SetLeg order = lastOrder();
        scene.ends(scene.leg(0), EndReason.HUNG_UP_BY_PARTICIPANT);
        ServerCall before = scene.call();
        scene.wants(refused(order));

        assertThat(scene.call()).isEqualTo(before);
    }

    private void refuseLast() {
        scene.wants(refused(lastOrder()));
    }

    private static CallCommand refused(SetLeg order) {
        return new CallCommand.DropMediaCommand(order, EndReason.FAILED, "the media gateway refused it");
    }

    private Participant party() {
        return scene.participant(scene.leg(0));
    }

    private MuteParticipant mute(boolean muted) {
        return new MuteParticipant(scene.connection(), scene.leg(0), muted);
    }

    private HoldParticipant hold(@Nullable PromptSource music) {
        return new HoldParticipant(scene.connection(), scene.leg(0), music);
    }

    private SetLeg lastOrder() {
        List<SetLeg> orders = scene.ordered(SetLeg.class);
        return orders.get(orders.size() - 1);
    }

    private List<ParticipantsUpdated> rosters() {
        return scene.told(ParticipantsUpdated.class);
    }

    private static PromptSource file(String name) {
        return new PromptSource.File(URI.create("https://app.example/" + name + ".wav"), null);
    }
}
