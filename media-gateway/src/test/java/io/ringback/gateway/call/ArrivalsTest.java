package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.directory.Registration;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.RejectLeg;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import java.time.Duration;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Calls that come in: where each goes, and what becomes of the caller (telephony §5). */
class ArrivalsTest extends SceneTest {
    private static final Identifier CALLER = Identifier.ofPhoneNumber("+12065550123");
    private static final Identifier ANN = Identifier.ofUser("ann");
    private static final Identifier BOB = Identifier.ofUser("bob");

    @Test
    void aSubscribedNumberIsAnApplicationsToDecideAndRingsOnceThatIsQueued() {
        call.people.subscribe(CallScene.OUR_NUMBER);
        call.unqueued = new ArrayList<>();
        FakeOffer caller = call.offer(CallScene.fromTrunk("+12065550199"));
        assertThat(caller.sent).isEmpty();
        call.unqueued.forEach(Runnable::run);
        assertThat(caller.sent).containsExactly("180");
        assertThat(call.events())
                .containsExactly(new CallOffered(
                        Origin.Kind.INCOMING,
                        CALLER,
                        "Ann",
                        CallScene.OUR_NUMBER,
                        "caller",
                        null,
                        call.clock.instant().plusSeconds(60)));
    }

    @Test
    void anAnswerAnswersOnce() {
        FakeOffer caller = incoming();
        call.order(new AnswerLeg("caller", call.soon()));
        call.order(new AnswerLeg("caller", call.soon()));
        caller.listener().connected();
        assertThat(caller.sent).containsExactly("180", "200");
        assertThat(call.last()).isEqualTo(new LegConnected("caller"));
    }

    @Test
    void aRejectionRefusesWithItsStatus() {
        FakeOffer caller = incoming();
        call.order(new RejectLeg("caller", 486, call.soon()));
        call.order(new AnswerLeg("caller", call.soon()));
        assertThat(caller.sent).containsExactly("180", "486");
        assertThat(call.last()).isEqualTo(new LegEnded("caller", EndReason.BUSY, 486, "refused", null));
    }

    @Test
    void aCallerThatNobodyDecidesAboutGets480() {
        call.reopen(new Offering.Times(Duration.ofMillis(50), Duration.ofSeconds(2)));
        FakeOffer caller = incoming();
        Awaitility.await().until(() -> caller.sent.contains("480"));
        assertThat(call.last()).isEqualTo(new LegEnded("caller", EndReason.NO_ANSWER, 480, "refused", null));
    }

    @Test
    void aCallThatCannotBeQueuedGets503() {
        call.reopen(new Offering.Times(Duration.ofSeconds(60), Duration.ofMillis(50)));
        call.unqueued = new ArrayList<>();
        FakeOffer caller = incoming();
        Awaitility.await().until(() -> caller.sent.contains("503"));
        call.unqueued.forEach(Runnable::run);
        assertThat(caller.sent).containsExactly("503");
    }

    @Test
    void aCallerThatGivesUpIsToldAsGone() {
        FakeOffer caller = incoming();
        caller.listener().ended(EndReason.CANCELLED, 487, "the caller gave up");
        call.order(new AnswerLeg("caller", call.soon()));
        assertThat(caller.sent).containsExactly("180");
        assertThat(call.last()).isEqualTo(new LegEnded("caller", EndReason.CANCELLED, 487, "the caller gave up", null));
        assertThat(call.calls.census().legs().load()).isZero();
        assertThat(call.sound().closed).isTrue();
    }

    @Test
    void twoUsersAreConnectedByTheGatewayAlone() {
        FakeOffer caller = peer();
        var callee = call.sip.leg("callee").listener;
        assertThat(caller.sent).isEmpty();
        callee.ringing(180);
        callee.connected();
        caller.listener().connected();
        assertThat(caller.sent).containsExactly("180", "200");
        assertThat(call.sip.userOrder("callee").caller()).isEqualTo("bob");
        assertThat(call.sip.userOrder("callee").displayName()).isEqualTo("Bob");
        assertThat(call.events())
                .containsExactly(
                        new CallOffered(
                                Origin.Kind.PEER,
                                BOB,
                                "Bob",
                                ANN,
                                "caller",
                                "callee",
                                call.clock.instant().plusSeconds(60)),
                        new LegRinging("callee", 180),
                        new LegConnected("callee"),
                        new LegConnected("caller"));
    }

    @Test
    void everyPhoneOfAUserRingsButNoneOfAnotherGateway() {
        call.people.register(ANN, "gw-1", "sip:ann@192.0.2.9:5062");
        call.people.register(ANN, "gw-2", "sip:ann@192.0.2.10:5062");
        peer();
        assertThat(call.sip.userOrder("callee").contacts())
                .extracting(Registration::contact)
                .containsExactly("sip:ann@192.0.2.9:5062", "sip:ann@192.0.2.8:5062");
    }

    @Test
    void theCalleesRefusalGoesBackUnchanged() {
        FakeOffer caller = peer();
        call.sip.leg("callee").listener.ended(EndReason.DECLINED, 603, "Decline");
        assertThat(caller.sent).containsExactly("603");
    }

    @Test
    void theCallersCancelCancelsTheCallee() {
        FakeOffer caller = peer();
        caller.listener().ended(EndReason.CANCELLED, 487, "the caller gave up");
        assertThat(call.sip.leg("callee").hangUps).containsExactly(EndReason.CANCELLED);
    }

    @Test
    void aSubscriptionGoesBeforeARegisteredUser() {
        call.people.subscribe(ANN);
        peer();
        assertThat(call.events())
                .first()
                .extracting(e -> ((CallOffered) e).kind())
                .isEqualTo(Origin.Kind.INCOMING);
        assertThat(call.sip.dialled()).isEmpty();
    }

    @Test
    void usersMayDialWhatThePolicyAllows() {
        FakeOffer caller = call.offer(CallScene.fromUser("bob", "12065550100"));
        assertThat(call.sip.order("callee").target()).isEqualTo("+12065550100");
        assertThat(call.sip.order("callee").callerId())
                .as("the operator's own number")
                .isNull();
        assertThat(caller.sent).isEmpty();
        assertThat(call.offer(CallScene.fromUser("bob", "+4915551234")).sent).containsExactly("refused 403");
    }

    @Test
    void nobodyElseIsLetOut() {
        assertThat(call.offer(CallScene.fromTrunk("+12065550100")).sent).containsExactly("refused 404");
        assertThat(call.sip.dialled()).isEmpty();
    }

    @Test
    void anUnknownUserIsNotFoundAndOneWithoutAPhoneIsUnavailable() {
        call.people.user("ann", "");
        assertThat(call.offer(CallScene.fromUser("bob", "ann")).sent).containsExactly("refused 480");
        assertThat(call.offer(CallScene.fromUser("bob", "carol")).sent).containsExactly("refused 404");
        assertThat(call.offer(CallScene.fromUser("bob", "")).sent).containsExactly("refused 404");
    }

    @Test
    void beyondTheLimitsCallersGet503() {
        peer();
        assertThat(call.offer(CallScene.fromUser("bob", "ann")).sent).containsExactly("refused 503");
    }

    @Test
    void aTableThatCannotBeReadIsTheTrunksSignalToTryElsewhere() {
        call.people.becomeUnreachable();
        assertThatIllegalStateException().isThrownBy(() -> call.offer(CallScene.fromTrunk("+12065550199")));
    }

    @Test
    void applicationsReachUsersWhereverTheyRegistered() {
        call.people.user("ann", "");
        call.order(call.dialOrder("p1", ANN));
        call.people.register(ANN, "gw-1", "sip:ann@192.0.2.8:5062");
        call.order(call.dialOrder("p2", ANN));
        call.order(call.dialOrder("p3", Identifier.ofUser("carol")));
        assertThat(call.sip.userOrder("p2").contacts()).hasSize(1);
        assertThat(call.events())
                .containsExactly(
                        CallScene.neverDialled("p1", EndReason.UNREACHABLE, "the user is not registered"),
                        CallScene.neverDialled("p3", EndReason.NOT_FOUND, "there is no such user"));
    }

    @Test
    void aCallThatCameInIsOwedTheEndsOfBothLegsFromItsFirstEventOn() {
        peer();
        assertThat(call.journal.debts())
                .singleElement()
                .satisfies(debt -> assertThat(debt.openLegs()).containsExactly("caller", "callee"));
        call.order(new HangUpLeg("callee", EndReason.HUNG_UP_BY_APPLICATION, call.soon()));
        assertThat(call.journal.debts())
                .singleElement()
                .satisfies(debt -> assertThat(debt.openLegs()).isEmpty());
    }

    private FakeOffer incoming() {
        call.people.subscribe(CallScene.OUR_NUMBER);
        return call.offer(CallScene.fromTrunk("+12065550199"));
    }

    /** Bob calls Ann, who has a phone. */
    private FakeOffer peer() {
        call.people.user("ann", "");
        call.people.register(ANN, "gw-1", "sip:ann@192.0.2.8:5062");
        return call.offer(CallScene.fromUser("bob", "ann"));
    }
}
