package io.ringback.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.chaos.Arrival.Answer;
import io.ringback.local.chaos.DialJudge.Fate;
import io.ringback.local.chaos.Leg.Moment;
import io.ringback.local.phones.PhoneEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each judge sees what it is there for, and passes what is allowed. */
class JudgesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Life LIFE = new Life(NOON, NOON.plusSeconds(2), NOON.plusSeconds(5));

    private final List<Arrival> log = new ArrayList<>();
    private long nanos;

    @Test
    void passesWhatIsRepeatedUntilItIsTaken() {
        arrives(1, "a", Answer.REFUSED);
        arrives(1, "a", Answer.TAKEN);
        arrives(1, "a", Answer.TAKEN);
        arrives(2, "b", Answer.HUNG);
        arrives(2, "b", Answer.TAKEN);
        arrives(1, "a", Answer.TAKEN);

        assertThat(StreamJudge.complaints(log)).isEmpty();
    }

    @Test
    void seesThatAnEventIsMissing() {
        arrives(1, "a", Answer.TAKEN);
        arrives(3, "c", Answer.TAKEN);

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("number 2 never came");
    }

    @Test
    void seesThatAnEventWasNeverTaken() {
        arrives(1, "a", Answer.TAKEN);
        arrives(2, "b", Answer.CLOSED);

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("number 2 never came");
    }

    @Test
    void seesTwoSwappedEvents() {
        arrives(2, "b", Answer.TAKEN);
        arrives(1, "a", Answer.TAKEN);

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("came before");
    }

    @Test
    void seesAnEventBeforeItsPredecessorWasTaken() {
        arrives(1, "a", Answer.REFUSED);
        arrives(2, "b", Answer.TAKEN);
        arrives(1, "a", Answer.TAKEN);

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("came before");
    }

    @Test
    void seesADuplicateUnderAnotherId() {
        arrives(1, "a", Answer.TAKEN);
        arrives(1, "b", Answer.TAKEN);

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("two events under one number");
    }

    @Test
    void seesOneEventUnderTwoNumbers() {
        arrives(1, "a", Answer.TAKEN);
        arrives(2, "a", Answer.TAKEN);

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("one event under two numbers");
    }

    @Test
    void seesWhatComesBehindTheLastWord() {
        arrives(1, "a", "CallConnectionStateChanged", "{\"callConnectionState\":\"terminated\"}");
        arrives(2, "b", "RecordingFileStatusUpdated", "{}");
        assertThat(StreamJudge.complaints(log)).isEmpty();

        arrives(3, "c", "PlayAudioResult", "{}");
        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("behind the last word");
    }

    @Test
    void allowsNothingButAQuestionAboutACallerToLapse() {
        arrives(2, "b", "CallStarted", "{}");
        arrives(4, "d", "CallEnded", "{}");

        assertThat(StreamJudge.complaints(log)).singleElement().asString().contains("number 3 never came");
    }

    @Test
    void seesThatARecordingIsAnnouncedTwice() {
        Owed owed = Owed.recordingFile("r");
        assertThat(OwedJudge.complaints(List.of(owed), log))
                .singleElement()
                .asString()
                .contains("told 0 times");

        arrives(1, "a", "RecordingFileStatusUpdated", "{\"recordingId\":\"r\"}");
        arrives(1, "a", "RecordingFileStatusUpdated", "{\"recordingId\":\"r\"}");
        assertThat(OwedJudge.complaints(List.of(owed), log)).isEmpty();

        arrives(2, "b", "RecordingFileStatusUpdated", "{\"recordingId\":\"r\"}");
        assertThat(OwedJudge.complaints(List.of(owed), log))
                .singleElement()
                .asString()
                .contains("told 2 times");
    }

    @Test
    void seesThatACallNeverEnds() {
        arrives(
                1,
                "a",
                "CallConnectionStateChanged",
                "{\"callConnectionId\":\"c\",\"callConnectionState\":\"established\"}");

        assertThat(OwedJudge.complaints(List.of(Owed.terminated("c")), log))
                .singleElement()
                .asString()
                .contains("terminated of connection c");
    }

    @Test
    void seesThatAPhoneRangTwiceForOneLeg() {
        Leg leg = leg("+49", "leg", moment(0, Kind.INVITED), moment(1, Kind.REJECTED), moment(2, Kind.INVITED));

        assertThat(DialJudge.complaints(List.of(leg), Map.of("+49", Fate.ACCEPTED)))
                .anyMatch(complaint -> complaint.startsWith("rung 2 times"));
    }

    @Test
    void seesThatAPhoneRangTwiceForOneRequest() {
        List<Leg> legs =
                List.of(leg("+49", "one", moment(0, Kind.INVITED)), leg("+49", "other", moment(1, Kind.INVITED)));

        assertThat(DialJudge.complaints(legs, Map.of("+49", Fate.ACCEPTED)))
                .containsExactly("+49 was rung 2 times for one request");
        assertThat(DialJudge.complaints(legs.subList(0, 1), Map.of("+49", Fate.ACCEPTED)))
                .isEmpty();
    }

    @Test
    void seesThatAPhoneRangUnasked() {
        List<Leg> legs = List.of(leg("+49", "one", moment(0, Kind.INVITED)));

        assertThat(DialJudge.complaints(legs, Map.of()))
                .singleElement()
                .asString()
                .contains("nobody asked");
        assertThat(DialJudge.complaints(legs, Map.of("+49", Fate.REFUSED)))
                .singleElement()
                .asString()
                .contains("refused");
        assertThat(DialJudge.complaints(legs, Map.of("+49", Fate.OPEN)))
                .singleElement()
                .asString()
                .contains("never got an answer");
    }

    @Test
    void seesAGhost() {
        Leg ended =
                leg("+49", "one", moment(-5, Kind.INVITED), moment(-4, Kind.CONFIRMED), moment(14, Kind.BYE_RECEIVED));
        Leg ghost =
                leg("+49", "two", moment(-5, Kind.INVITED), moment(-4, Kind.CONFIRMED), moment(16, Kind.BYE_RECEIVED));
        Leg later = leg("+49", "new", moment(6, Kind.INVITED), moment(30, Kind.HUNG_UP));

        assertThat(GhostJudge.complaints(List.of(ended, later), List.of(LIFE))).isEmpty();
        assertThat(GhostJudge.complaints(List.of(ended, ghost, later), List.of(LIFE)))
                .singleElement()
                .asString()
                .contains("ghost", "leg two");
    }

    @Test
    void seesALegThatNeverEnds() {
        Leg leg = leg("+49", "one", moment(0, Kind.INVITED), moment(1, Kind.RINGING));

        assertThat(GhostJudge.complaints(List.of(leg), List.of()))
                .singleElement()
                .asString()
                .contains("still there");
    }

    private void arrives(long sequence, String id, Answer answer) {
        arrives(sequence, id, "PlayAudioResult", "{}", answer);
    }

    private void arrives(long sequence, String id, String type, String data) {
        arrives(sequence, id, type, data, Answer.TAKEN);
    }

    private void arrives(long sequence, String id, String type, String data, Answer answer) {
        try {
            log.add(new Arrival("/calls/1 s", sequence, id, type, JSON.readTree(data), nanos++, nanos++, answer));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(data, e);
        }
    }

    private static Leg leg(String number, String id, Moment... moments) {
        return new Leg(number, id, List.of(moments));
    }

    private static Moment moment(long second, Kind kind) {
        return new Moment(NOON.plusSeconds(second), kind);
    }
}
