package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling.Kind;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another leg has of a dial: a transfer's ringback, a redirect's answers and early media (telephony §10). */
class CouplingTest extends SceneTest {
    @Test
    void theTransferredOneHearsRingbackFromTheRingingToTheAnswer() {
        call.connect("p1");
        call.order(call.dialOrder("target", call.phone(), new Coupling("p1", Kind.RINGBACK)));
        assertThat(call.sound().told).noneMatch(told -> told.startsWith("ringback"));
        call.sip.leg("target").listener.ringing(180);
        assertThat(call.sound().told).endsWith("ringback p1 true");
        call.sip.leg("target").listener.connected();
        assertThat(call.sound().told).endsWith("ringback p1 false");
    }

    @Test
    void theRingbackEndsWithTheTarget() {
        call.connect("p1");
        call.order(call.dialOrder("target", call.phone(), new Coupling("p1", Kind.RINGBACK)));
        call.sip.leg("target").listener.ringing(180);
        call.sip.leg("target").listener.ended(EndReason.BUSY, 486, "Busy Here");
        assertThat(call.sound().told).endsWith("ringback p1 false");
        assertThat(call.last()).isEqualTo(new LegEnded("target", EndReason.BUSY, 486, "Busy Here", null));
    }

    @Test
    void theCallerOfARedirectedCallIsToldHearsAndIsAnswered() {
        FakeOffer caller = redirected();
        assertThat(caller.sent).containsExactly("180");
        var target = call.sip.leg("target").listener;
        target.ringing(183);
        target.media(CallScene.media(true, true));
        assertThat(caller.sent).containsExactly("180", "180", "183");
        assertThat(call.sound().told).contains("negotiated target", "early target to caller");
        target.connected();
        assertThat(caller.sent).containsExactly("180", "180", "183", "200");
        caller.listener().connected();
        assertThat(call.events()).contains(new LegConnected("target"), new LegConnected("caller"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "BUSY, 486, 486",
                "DECLINED, 603, 603",
                "NOT_FOUND, 404, 404",
                "UNREACHABLE, 500, 500",
                "NO_ANSWER, -, 480",
                "NO_ANSWER, 487, 480",
                "UNREACHABLE, 302, 480",
                "UNREACHABLE, 407, 480",
                "CAPACITY, -, 503",
                "POLICY, -, 403",
            })
    void theCallerIsRefusedAsTheTargetIs(EndReason reason, Integer status, int refused) {
        FakeOffer caller = redirected();
        call.sip.leg("target").listener.ended(reason, status, "no");
        assertThat(caller.sent).containsExactly("180", Integer.toString(refused));
        assertThat(call.events())
                .filteredOn(LegEnded.class::isInstance)
                .extracting(event -> ((LegEnded) event).reason())
                .containsExactly(reason, reason);
    }

    @Test
    void aTargetThatCannotBeDialledRefusesTheCaller() {
        FakeOffer caller = offered();
        call.order(call.dialOrder("target", new Identifier("sip:a@evil.example"), forward()));
        assertThat(caller.sent).containsExactly("180", "403");
    }

    @Test
    void aCallerThatGivesUpEndsTheRinging() {
        FakeOffer caller = redirected();
        caller.listener().ended(EndReason.CANCELLED, 487, "the caller gave up");
        assertThat(call.sip.leg("target").hangUps).containsExactly(EndReason.CANCELLED);
        assertThat(call.events())
                .filteredOn(LegEnded.class::isInstance)
                .extracting(event -> ((LegEnded) event).participantId())
                .containsExactly("caller", "target");
    }

    @Test
    void nothingIsDialledForACallerThatIsGone() {
        FakeOffer caller = offered();
        caller.listener().ended(EndReason.CANCELLED, 487, "the caller gave up");
        call.order(call.dialOrder("target", call.phone(), forward()));
        assertThat(call.sip.dialled()).isEmpty();
        assertThat(call.last()).isEqualTo(CallScene.neverDialled("target", EndReason.CANCELLED, "the caller is gone"));
    }

    private FakeOffer offered() {
        call.people.subscribe(CallScene.OUR_NUMBER);
        return call.offer(CallScene.fromTrunk("+12065550199"));
    }

    private FakeOffer redirected() {
        FakeOffer caller = offered();
        call.order(call.dialOrder("target", call.phone(), forward()));
        return caller;
    }

    private static Coupling forward() {
        return new Coupling("caller", Kind.FORWARD);
    }
}
