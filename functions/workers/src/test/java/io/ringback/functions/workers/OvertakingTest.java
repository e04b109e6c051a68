package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OvertakingTest {
    private static final Instant LATER = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void nothingIsVoidAmongOrdersThatGoOn() {
        assertThat(sent(dial("p1"), play("o1"), record(Wanted.RECORDING), play("o2"), record(Wanted.PAUSED)))
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aHangUpOvertakesTheDialOfItsLeg() {
        assertThat(sent(dial("p1"), dial("p2"), hangUp("p1"))).containsExactly(1, 2);
    }

    @Test
    void aHangUpOvertakesWhatIsWantedOfItsLivingLeg() {
        assertThat(sent(answer("p1"), set("p1"), set("p2"), tones("o1", "p1"), hangUp("p1")))
                .containsExactly(2, 3, 4);
    }

    @Test
    void aCancelOvertakesTheTonesThatItNames() {
        assertThat(sent(tones("o1", "p1"), tones("o2", "p1"), cancel("c1", "o1")))
                .containsExactly(1, 2);
    }

    @Test
    void theEndOfTheCallOvertakesEverythingThatEndsWithIt() {
        assertThat(sent(
                        dial("p1"),
                        answer("p1"),
                        set("p1"),
                        play("o1"),
                        tones("o2", "p1"),
                        cancel("c1", "o1"),
                        hangUp("p1"),
                        end("p1")))
                .containsExactly(7);
    }

    @Test
    void theEndOfTheCallDoesNotLoseARecording() {
        assertThat(sent(dial("p1"), record(Wanted.RECORDING), play("o1"), record(Wanted.STOPPED), end("p1")))
                .containsExactly(1, 3, 4);
    }

    @Test
    void theEndOfACallNamesItsLegs() {
        assertThat(sent(dial("p1"), hangUp("p9"), end("p2"))).containsExactly(0, 1, 2);
    }

    @Test
    void aCancelOvertakesThePlaysThatItNames() {
        assertThat(sent(play("o1"), play("o2"), record(Wanted.RECORDING), cancel("c1", "o1")))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aSecondCancelLeavesTheFirstItsResult() {
        assertThat(sent(play("o1"), cancel("c1", "o1"), play("o2"), cancel("c2", "o1", "o2")))
                .containsExactly(1, 3);
    }

    @Test
    void whatIsOrderedAgainIsSentOnce() {
        assertThat(sent(hangUp("p1"), hangUp("p2"), hangUp("p1"))).containsExactly(1, 2);
        assertThat(sent(end("p1", "p2"), cancel("c1", "o1"), end("p1", "p2"))).containsExactly(2);
        assertThat(sent(end("p1", "p2"), end("p1"))).containsExactly(0, 1);
        assertThat(sent(cancel("c1", "o1"), play("o2"), cancel("c1", "o1"))).containsExactly(1, 2);
    }

    @Test
    void anOrderIsVoidOnlyByALaterOne() {
        assertThat(sent(cancel("c1", "o1"), play("o1"))).containsExactly(0, 1);
        assertThat(sent(hangUp("p1"), dial("p1"))).containsExactly(0, 1);
    }

    private static List<Integer> sent(MediaCommand... pending) {
        return IntStream.range(0, pending.length)
                .filter(index ->
                        !Overtaking.isVoid(pending[index], List.of(pending).subList(index + 1, pending.length)))
                .boxed()
                .toList();
    }

    private static MediaCommand dial(String participantId) {
        return new DialLeg(
                participantId, Identifier.ofPhoneNumber("+15555550100"), null, Duration.ofSeconds(60), null, LATER);
    }

    private static MediaCommand answer(String participantId) {
        return new AnswerLeg(participantId, LATER);
    }

    private static MediaCommand set(String participantId) {
        return new SetLeg(participantId, true, false, null, SetLeg.Sounding.PLAIN, LATER);
    }

    private static MediaCommand tones(String operationId, String participantId) {
        return new SendTones(operationId, participantId, List.of(Tone.TONE1), LATER);
    }

    private static MediaCommand hangUp(String participantId) {
        return new HangUpLeg(participantId, EndReason.HUNG_UP_BY_APPLICATION, LATER);
    }

    private static MediaCommand end(String... participantIds) {
        return new EndCall(List.of(participantIds), EndReason.HUNG_UP_BY_APPLICATION, LATER);
    }

    private static MediaCommand play(String operationId) {
        return new Play(operationId, null, new PromptSource.Text("hello", null), false, Set.of(), LATER);
    }

    private static MediaCommand cancel(String operationId, String... plays) {
        return new CancelMedia(operationId, List.of(plays), LATER);
    }

    private static MediaCommand record(Wanted wanted) {
        return new SetRecording("r1", wanted, Recording.Channels.MIXED, Recording.Format.WAV, LATER);
    }
}
