package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.PlayStarted;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plays of a call. */
class PlaysTest extends SceneTest {
    @Test
    void aPlayIsFetchedStartedAndCompletedOnce() {
        call.connect("p1");
        call.order(call.play("play-1", null));
        assertThat(call.sound().told).contains("play play-1").doesNotContain("ready play-1");
        call.fetched("play-1");
        call.sound().listener.playCompleted("play-1");
        call.sound().listener.playCompleted("play-1");
        assertThat(call.eventsAfterConnect())
                .containsExactly(
                        new PlayStarted("play-1"), new PlayEnded("play-1", Outcome.COMPLETED, null, 0, "played"));
    }

    @Test
    void aPlayThatCannotBeFetchedFailsWithItsCause() {
        call.connect("p1");
        call.order(call.play("play-1", null));
        call.fetch("play-1").complete(new Fetched.Refused(8536, "http://x: 404"));
        assertThat(call.eventsAfterConnect())
                .containsExactly(new PlayEnded("play-1", Outcome.FAILED, null, 8536, "http://x: 404"));
        assertThat(call.sound().told).contains("cancel [play-1]");
    }

    @Test
    void nobodyConnectedMeansNobodyListens() {
        call.dial("p1");
        call.order(call.play("play-1", null));
        call.order(call.play("play-2", "p1"));
        assertThat(call.events())
                .extracting(e -> ((PlayEnded) e).subcode())
                .containsExactly(Plays.NOBODY_LISTENS, Plays.NOBODY_LISTENS);
    }

    @Test
    void cancellingGivesEachOneResultThenTellsOfItself() {
        call.connect("p1");
        call.order(call.play("play-1", null));
        call.order(call.play("play-2", null));
        call.fetched("play-1");
        call.order(new CancelMedia("cancel", List.of("play-1", "play-2"), call.soon()));
        call.sound().listener.playCompleted("play-1");
        call.fetched("play-2");
        assertThat(call.eventsAfterConnect())
                .containsExactly(
                        new PlayStarted("play-1"),
                        new PlayEnded("play-1", Outcome.CANCELLED, null, 0, "cancelled"),
                        new PlayEnded("play-2", Outcome.CANCELLED, null, 0, "cancelled"),
                        new MediaCancelled("cancel", List.of("play-1", "play-2")));
        assertThat(call.fetch("play-2")).isCancelled();
    }

    @Test
    void theLastListenerTakesEveryPlayAlong() {
        call.connect("p1");
        call.order(call.play("play-1", null));
        call.fetched("play-1");
        call.sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        List<MediaEvent> events = call.eventsAfterConnect();
        assertThat(events.get(1))
                .isEqualTo(new PlayEnded(
                        "play-1", Outcome.FAILED, null, Plays.NOBODY_LISTENS, "nobody is left to listen"));
        assertThat(events.get(2)).isInstanceOf(LegEnded.class);
    }

    @Test
    void aPlayToOneEndsWithItsParticipantAndAPlayToAllGoesOn() {
        call.connect("p1");
        call.connect("p2");
        call.order(call.play("to-one", "p1"));
        call.order(call.play("to-all", null));
        call.sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        assertThat(call.events())
                .filteredOn(PlayEnded.class::isInstance)
                .extracting(e -> ((PlayEnded) e).operationId())
                .containsExactly("to-one");
    }

    @Test
    void aPressIsToldAndThenThePlayThatItStopped() {
        call.connect("p1");
        call.order(call.play("play-1", null));
        call.fetched("play-1");
        call.sound().listener.pressed("p1", Tone.TONE1, false);
        call.sound().listener.playStopped("play-1", Tone.TONE1);
        assertThat(call.eventsAfterConnect())
                .containsExactly(
                        new PlayStarted("play-1"),
                        new TonePressed("p1", Tone.TONE1),
                        new PlayEnded("play-1", Outcome.COMPLETED, Tone.TONE1, 0, "ended by a key press"));
    }
}
