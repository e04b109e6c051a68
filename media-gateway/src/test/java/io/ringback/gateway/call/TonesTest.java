package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.TonesSent;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Key presses that go out: by order, and from one of two to the other (telephony §7). */
class TonesTest extends SceneTest {
    private static final String PASSED_ON = "tones  to p2 [TONE5]";

    @Test
    void aSendingHasOneResult() {
        call.connect("p1");
        send("send-1", "p1");
        assertThat(call.sound().told).contains("tones send-1 to p1 [TONE1, POUND]");
        assertThat(results()).isEmpty();
        call.sound().listener.tonesSent("send-1");
        call.sound().listener.tonesSent("send-1");
        assertThat(results()).containsExactly(new TonesSent("send-1", Outcome.COMPLETED, 0, "sent"));
    }

    @Test
    void aPhoneThatOnlyTakesInfoGetsOneAfterTheOther() {
        call.dial("p1");
        call.sip.leg("p1").infoAllowed = true;
        call.sip.leg("p1").listener.media(CallScene.media(false, true));
        call.sip.leg("p1").listener.connected();
        send("send-1", "p1");
        assertThat(call.sip.leg("p1").infoTones).containsExactly(Tone.TONE1);
        Awaitility.await().until(() -> !results().isEmpty());
        assertThat(call.sip.leg("p1").infoTones).containsExactly(Tone.TONE1, Tone.POUND);
        assertThat(results()).containsExactly(new TonesSent("send-1", Outcome.COMPLETED, 0, "sent"));
        assertThat(call.sound().told).noneMatch(told -> told.startsWith("tones"));
    }

    @Test
    void aPhoneThatTakesNeitherHearsThem() {
        call.connect("p1", CallScene.media(false, true));
        send("send-1", "p1");
        assertThat(call.sound().told).contains("tones send-1 to p1 [TONE1, POUND]");
    }

    @Test
    void nothingIsSentToALegThatIsNotConnected() {
        call.dial("p1");
        send("send-1", "p1");
        send("send-2", "p9");
        assertThat(results())
                .extracting(result -> ((TonesSent) result).subcode())
                .containsExactly(ToneSendings.NOT_THERE, ToneSendings.NOT_THERE);
    }

    @Test
    void cancellingEndsSendingsAsWellAsPlays() {
        call.connect("p1");
        call.order(call.play("play-1", null));
        send("send-1", "p1");
        call.order(new CancelMedia("cancel", List.of("play-1", "send-1"), call.soon()));
        call.sound().listener.tonesSent("send-1");
        assertThat(results()).containsExactly(new TonesSent("send-1", Outcome.CANCELLED, 0, "cancelled"));
        assertThat(call.sound().told).contains("cancel [send-1]", "cancel [play-1]");
        assertThat(call.events())
                .filteredOn(MediaEvent.PlayEnded.class::isInstance)
                .extracting(event -> ((MediaEvent.PlayEnded) event).operationId())
                .containsExactly("play-1");
        assertThat(call.last()).isEqualTo(new MediaCancelled("cancel", List.of("play-1", "send-1")));
    }

    @Test
    void aCancelAfterTheResultChangesNothing() {
        call.connect("p1");
        send("send-1", "p1");
        call.sound().listener.tonesSent("send-1");
        call.order(new CancelMedia("cancel", List.of("send-1"), call.soon()));
        assertThat(call.eventsAfterConnect())
                .containsExactly(
                        new TonesSent("send-1", Outcome.COMPLETED, 0, "sent"),
                        new MediaCancelled("cancel", List.of("send-1")));
    }

    @Test
    void theEndOfTheLegAndOfTheCallEndWhatIsBeingSent() {
        call.connect("p1");
        call.connect("p2");
        send("send-1", "p1");
        send("send-2", "p2");
        call.sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        call.order(new EndCall(List.of("p2"), EndReason.HUNG_UP_BY_APPLICATION, call.soon()));
        assertThat(results())
                .containsExactly(
                        new TonesSent("send-1", Outcome.FAILED, ToneSendings.NOT_THERE, "the participant is gone"),
                        new TonesSent("send-2", Outcome.CANCELLED, 0, "the call was ended"));
    }

    @Test
    void aPressIsPassedOnBetweenExactlyTwo() {
        call.reopen(3, Duration.ofHours(4));
        call.connect("p1");
        press();
        call.connect("p2");
        press();
        assertThat(call.sound().told).filteredOn(PASSED_ON::equals).hasSize(1);
        call.connect("p3");
        press();
        assertThat(call.sound().told)
                .filteredOn(told -> told.startsWith("tones"))
                .hasSize(1);
    }

    @Test
    void aPressThatWasHeardIsNotRepeated() {
        call.connect("p1");
        call.connect("p2");
        call.sound().listener.pressed("p1", Tone.TONE5, true);
        assertThat(call.sound().told).doesNotContain(PASSED_ON);
    }

    @Test
    void aPressThatEndsAPlayIsTheApplicationsAlone() {
        call.connect("p1");
        call.connect("p2");
        call.order(call.play("play-1", null));
        call.sound().listener.pressed("p1", Tone.TONE1, false);
        press();
        assertThat(call.sound().told)
                .filteredOn(told -> told.startsWith("tones"))
                .containsExactly(PASSED_ON);
    }

    @Test
    void whoeverIsCutOffFromTheOtherPassesNothingOn() {
        call.connect("p1");
        call.connect("p2");
        call.order(new SetLeg("p1", true, false, null, SetLeg.Sounding.PLAIN, call.soon()));
        press();
        call.order(new SetLeg("p1", false, false, null, SetLeg.Sounding.PLAIN, call.soon()));
        call.order(new SetLeg("p2", false, true, null, SetLeg.Sounding.PLAIN, call.soon()));
        press();
        assertThat(call.sound().told).doesNotContain(PASSED_ON);
    }

    @Test
    void aFloodOfPressesIsDropped() {
        call.connect("p1");
        call.connect("p2");
        for (int i = 0; i < 2 * ToneSendings.MOST_PASSED_ON; i++) {
            press();
        }
        assertThat(call.sound().told).filteredOn(PASSED_ON::equals).hasSize(ToneSendings.MOST_PASSED_ON);
        call.sound().listener.tonesSent("");
        press();
        assertThat(call.sound().told).filteredOn(PASSED_ON::equals).hasSize(ToneSendings.MOST_PASSED_ON + 1);
    }

    private void press() {
        call.sound().listener.pressed("p1", Tone.TONE5, false);
    }

    private void send(String operationId, String participantId) {
        call.order(new SendTones(operationId, participantId, List.of(Tone.TONE1, Tone.POUND), call.soon()));
    }

    private List<MediaEvent> results() {
        return call.events().stream().filter(TonesSent.class::isInstance).toList();
    }
}
