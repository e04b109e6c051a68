package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegHeld;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Mute, hold by order and hold by the phone itself (telephony §10). */
class HoldTest extends SceneTest {
    @Test
    void aLegIsMutedAndUnmuted() throws ExecutionException, InterruptedException {
        call.connect("p1");
        set("p1", true, false, null);
        assertThat(snapshot().muted()).isTrue();
        set("p1", false, false, null);
        assertThat(snapshot().muted()).isFalse();
        assertThat(call.sound().told).containsSubsequence("set p1 muted", "set p1");
    }

    @Test
    void aHeldLegHearsItsMusicOnceItIsThereUntilItIsTakenBack() {
        call.connect("p1");
        set("p1", false, true, "music");
        assertThat(call.sound().told).contains("set p1 held").doesNotContain("music p1");
        call.fetched("music");
        set("p1", true, true, "music");
        assertThat(call.sound().told).filteredOn("music p1"::equals).hasSize(1);
        set("p1", false, false, null);
        assertThat(call.sound().told).endsWith("set p1", "music p1 none");
    }

    @Test
    void musicThatComesAfterTheHoldIsNotPlayed() {
        call.connect("p1");
        set("p1", false, true, "music");
        set("p1", false, false, null);
        call.fetched("music");
        assertThat(call.sound().told).doesNotContain("music p1");
        assertThat(call.fetch("music")).isCancelled();
    }

    @Test
    void musicThatCannotBeFetchedLeavesSilence() throws ExecutionException, InterruptedException {
        call.connect("p1");
        set("p1", false, true, "music");
        call.fetch("music").complete(new Fetched.Refused(8536, "http://prompts.example/music: 404"));
        assertThat(call.sound().told).doesNotContain("music p1");
        assertThat(snapshot().held()).isTrue();
        assertThat(call.events()).containsExactly(new LegConnected("p1"));
    }

    @Test
    void aPlayToAllNeedsSomebodyWhoIsNotOnHold() {
        call.connect("p1");
        call.connect("p2");
        call.order(call.play("play-1", null));
        set("p1", false, true, null);
        assertThat(call.events()).noneMatch(PlayEnded.class::isInstance);
        set("p2", false, true, null);
        call.order(call.play("play-2", null));
        assertThat(call.events())
                .filteredOn(PlayEnded.class::isInstance)
                .containsExactly(
                        unheard("play-1", "nobody is left to listen"), unheard("play-2", "nobody is there to listen"));
    }

    @Test
    void theLastUnheldLegTakesPlaysToAllAlong() {
        call.connect("p1");
        call.connect("p2");
        call.order(call.play("play-1", null));
        set("p1", false, true, null);
        call.sip.leg("p2").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        assertThat(call.events()).contains(unheard("play-1", "nobody is left to listen"));
    }

    @Test
    void aHeldLegCanBePlayedToAlone() {
        call.connect("p1");
        set("p1", false, true, null);
        call.order(call.play("play-1", "p1"));
        assertThat(call.sound().told).contains("play play-1");
    }

    @Test
    void pressesOfMutedAndHeldLegsCount() {
        call.connect("p1");
        set("p1", true, true, null);
        call.sound().listener.pressed("p1", Tone.TONE4, false);
        assertThat(call.last()).isEqualTo(new TonePressed("p1", Tone.TONE4));
    }

    @Test
    void aPhoneThatHoldsUsIsToldOnceAndPlaysGoOn() throws ExecutionException, InterruptedException {
        call.connect("p1");
        Play play = call.play("play-1", null);
        call.order(play);
        var phone = call.sip.leg("p1").listener;
        phone.media(CallScene.media(true, false));
        phone.media(CallScene.media(true, false));
        assertThat(snapshot().heldByPhone()).isTrue();
        phone.media(CallScene.media(true, true));
        assertThat(call.eventsAfterConnect()).containsExactly(new LegHeld("p1", true), new LegHeld("p1", false));
    }

    @Test
    void aPhoneThatAnswersOnHoldIsToldAfterItsAnswer() {
        call.connect("p1", CallScene.media(true, false));
        assertThat(call.events()).containsExactly(new LegConnected("p1"), new LegHeld("p1", true));
    }

    @Test
    void aLegThatIsNotThereHasNoState() {
        set("p9", true, true, "music");
        call.connect("p1");
        assertThat(call.sound().told).noneMatch(told -> told.contains("p9"));
    }

    private CallSnapshot.LegItem snapshot() throws ExecutionException, InterruptedException {
        return call.calls.snapshot(CallScene.CALL).get().orElseThrow().legs().get(0);
    }

    private void set(String participantId, boolean muted, boolean held, @Nullable String music) {
        call.order(new SetLeg(
                participantId,
                muted,
                held,
                music == null ? null : CallScene.source(music),
                SetLeg.Sounding.PLAIN,
                call.soon()));
    }

    private static PlayEnded unheard(String operationId, String message) {
        return new PlayEnded(operationId, Outcome.FAILED, null, Plays.NOBODY_LISTENS, message);
    }
}
