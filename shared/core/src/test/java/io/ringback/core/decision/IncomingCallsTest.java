package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Incoming.Decided;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.command.CallCommand.RejectCall.Reason;
import io.ringback.core.event.CallEvent.CallEnded;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.event.CallEvent.IncomingCallOffered;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.RejectLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IncomingCallsTest {
    private static final Subscriber ONE = Samples.subscriber("one", Announcement.INCOMING_CALL);
    private static final Subscriber TWO = Samples.subscriber("two", Announcement.INCOMING_CALL);
    private static final Subscriber LISTENER = Samples.subscriber("listener", Announcement.CALL_ENDED);
    private static final Identifier TARGET = Identifier.ofPhoneNumber("+15555550111");

    private final Scene scene = Scene.offered(Samples.incoming(), ONE, TWO, LISTENER);

    @Test
    void theCallIsWhatTheGatewayReported() {
        assertThat(scene.call().version()).isZero();
        assertThat(scene.call().gateway()).isEqualTo(Samples.GATEWAY);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHING);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(1);
        assertThat(scene.call().origin().to()).containsExactly(Samples.CALLED);
        assertThat(scene.call().participants()).singleElement().satisfies(caller -> {
            assertThat(caller.participantId()).isEqualTo("caller");
            assertThat(caller.identifier()).isEqualTo(Samples.CALLER);
            assertThat(caller.state()).isEqualTo(Participant.State.RINGING);
        });
    }

    @Test
    void everySubscriptionThatDecidesIsAskedInItsOwnName() {
        assertThat(scene.told(IncomingCallOffered.class))
                .extracting(IncomingCallOffered::subscriptionId)
                .containsExactly("one", "two");
        assertThat(scene.heard(ONE))
                .containsExactly(new IncomingCallOffered(
                        "one",
                        Samples.CALLER,
                        Samples.CALLED,
                        "Caller",
                        Samples.incoming().ringsUntil()));
        assertThat(scene.heard(LISTENER)).isEmpty();
    }

    @Test
    void withNobodyToDecideTheCallerIsRefused() {
        Scene unheard = Scene.offered(Samples.incoming(), LISTENER);
        assertThat(unheard.ordered(RejectLeg.class))
                .extracting(RejectLeg::participantId, RejectLeg::sipStatus)
                .containsExactly(tuple("caller", 480));
        unheard.happens(new LegEnded("caller", EndReason.NO_ANSWER, 480, "", null));
        assertThat(unheard.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(unheard.heard(LISTENER)).hasOnlyElementsOfType(CallEnded.class);
    }

    @Test
    void aRepeatedOfferChangesNothingButTheNumber() {
        int effects = scene.effects().size();
        scene.happens(Samples.incoming());
        assertThat(scene.effects()).hasSize(effects);
        assertThat(scene.call().participants()).hasSize(1);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(2);
    }

    @Test
    void anAnswerConnectsTheApplicationWhenTheCallerIsConnected() {
        Reply.Connected reply = (Reply.Connected) accept(answer(ONE));
        assertThat(reply.serverCallId()).isEqualTo(scene.call().serverCallId());
        assertThat(scene.ordered(AnswerLeg.class))
                .extracting(AnswerLeg::participantId)
                .containsExactly("caller");
        Connection connection =
                scene.call().connection(reply.callConnectionId()).orElseThrow();
        assertThat(connection.source()).isEqualTo(Samples.CALLER);
        assertThat(connection.targets()).containsExactly(Samples.CALLED);
        assertThat(states()).containsExactly(CallState.ESTABLISHING);
        scene.happens(new LegConnected("caller"));
        assertThat(states()).containsExactly(CallState.ESTABLISHING, CallState.ESTABLISHED);
    }

    @Test
    void anAnswerThatCrossesTheCallersCancelIsTakenBack() {
        accept(answer(ONE));
        scene.happens(new LegEnded("caller", EndReason.CANCELLED, 487, "", null));
        assertThat(states()).containsExactly(CallState.ESTABLISHING, CallState.TERMINATING, CallState.TERMINATED);
        assertThat(endReason()).isEqualTo(EndReason.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 480, NO_ANSWER", "BUSY, 486, BUSY", "FORBIDDEN, 403, DECLINED"})
    void aRejectionIsToldToTheCallerAndEndsTheCall(Reason reason, int status, EndReason endReason) {
        accept(new CallCommand.RejectCall("one", reason));
        assertThat(scene.ordered(RejectLeg.class))
                .extracting(RejectLeg::sipStatus)
                .containsExactly(status);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);
        scene.happens(new LegEnded("caller", endReason, status, "", null));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(endReason()).isEqualTo(endReason);
        assertThat(scene.ordered(EndCall.class)).isEmpty();
        assertThat(scene.heard(TWO)).as("decided: no end to tell").hasOnlyElementsOfType(IncomingCallOffered.class);
    }

    @Test
    void aRedirectDialsTheTargetForTheCallerAndConnectsNobodyElse() {
        accept(redirect(TWO));
        DialLeg dial = scene.ordered(DialLeg.class).get(0);
        assertThat(dial.coupling()).isEqualTo(new Coupling("caller", Coupling.Kind.FORWARD));
        assertThat(dial.target()).isEqualTo(TARGET);
        assertThat(scene.call().connections()).isEmpty();
        scene.happens(new LegConnected(dial.participantId()), new LegConnected("caller"));
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        scene.happens(new LegEnded("caller", EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        assertThat(scene.ordered(EndCall.class))
                .singleElement()
                .satisfies(end -> assertThat(end.participantIds()).containsExactly(dial.participantId()));
    }

    @Test
    void aRedirectThatFailsEndsTheCallWithTheTargetsReason() {
        accept(redirect(ONE));
        scene.happens(
                new LegEnded(scene.leg(1), EndReason.BUSY, 486, "", null),
                new LegEnded("caller", EndReason.CANCELLED, 486, "", null));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(endReason()).isEqualTo(EndReason.BUSY);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void theFirstDecisionCounts(CallCommand first) {
        accept(first);
        Decided decided = Objects.requireNonNull(scene.call().incoming()).decided();
        assertThat(decided).isNotEqualTo(Decided.NOT_YET);
        decisions().forEach(again -> assertRejected(again, ErrorCode.CONFLICT));
        scene.happens(new LegEnded("caller", EndReason.CANCELLED, 487, "", null));
        decisions().forEach(again -> assertRejected(again, ErrorCode.CONFLICT));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void nobodyDecidesAboutACallerWhoIsGone(CallCommand late) {
        scene.happens(new LegEnded("caller", EndReason.CANCELLED, 487, "", null));
        assertRejected(late, ErrorCode.WRONG_STATE);
        assertThat(Stream.of(ONE, TWO, LISTENER).map(s -> scene.heard(s)))
                .allSatisfy(heard -> assertThat(heard.get(heard.size() - 1))
                        .isInstanceOfSatisfying(
                                CallEnded.class,
                                ended -> assertThat(ended.resultInfo().reason()).isEqualTo(EndReason.CANCELLED)));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void nobodyDecidesAfterTheRinging(CallCommand late) {
        scene.passes(Duration.ofMinutes(1));
        assertRejected(late, ErrorCode.WRONG_STATE);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void onlyASubscriptionThatWasAskedDecides(CallCommand command) {
        Scene other = Scene.offered(Samples.incoming(), Samples.subscriber("three", Announcement.INCOMING_CALL));
        assertThat(other.wants(command))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.MALFORMED));
        Scene outbound = Scene.established(1, 0);
        assertThat(outbound.wants(command)).isInstanceOf(Decision.Rejected.class);
    }

    @Test
    void aListenerDoesNotDecide() {
        assertRejected(answer(LISTENER), ErrorCode.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void anOrderThatIsDroppedEndsTheCall(CallCommand command) {
        accept(command);
        Samples.ofType(scene.effects(), Effect.Command.class)
                .forEach(order -> scene.wants(
                        new CallCommand.DropMediaCommand(order.command(), EndReason.UNREACHABLE, "too late")));
        scene.happens(new LegEnded("caller", EndReason.NO_ANSWER, 480, "", null));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
    }

    static Stream<CallCommand> decisions() {
        return Stream.of(answer(ONE), new CallCommand.RejectCall("two", Reason.BUSY), redirect(TWO));
    }

    private static CallCommand answer(Subscriber subscriber) {
        return new CallCommand.AnswerCall(subscriber.subscriptionId(), Samples.CALLBACK, Set.of(), "answered");
    }

    private static CallCommand redirect(Subscriber subscriber) {
        return new CallCommand.RedirectCall(subscriber.subscriptionId(), TARGET, "+15555550199");
    }

    private Reply accept(CallCommand command) {
        return ((Decision.Accepted) scene.wants(command)).reply();
    }

    private void assertRejected(CallCommand command, ErrorCode code) {
        assertThat(scene.wants(command))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }

    private List<CallState> states() {
        return scene.told(ConnectionStateChanged.class).stream()
                .map(ConnectionStateChanged::state)
                .toList();
    }

    private EndReason endReason() {
        return Objects.requireNonNull(scene.call().endReason()).reason();
    }
}
