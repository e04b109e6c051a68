package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.call.Calls.Acceptance;
import io.ringback.wire.gateway.CommandEnvelope;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The rules of orders, legs and lives, with the executor of each call run by the test's own thread. */
class CallsTest extends SceneTest {
    @Test
    void aLegRingsConnectsAndEndsOnce() {
        call.dial("p1");
        var leg = call.sip.leg("p1");
        leg.listener.ringing(180);
        leg.listener.ringing(183);
        leg.listener.connected();
        leg.listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        leg.listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        assertThat(call.events())
                .containsExactly(
                        new LegRinging("p1", 180),
                        new LegConnected("p1"),
                        new LegEnded("p1", EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE", FakeSound.STATISTICS));
        assertThat(call.sound().closed).isTrue();
        assertThat(call.calls.census().legs().load()).isZero();
    }

    @Test
    void aLegThatNeverConnectedHasNoStatistics() {
        call.dial("p1");
        call.sip.leg("p1").listener.ended(EndReason.BUSY, 486, "Busy Here");
        assertThat(call.events()).containsExactly(new LegEnded("p1", EndReason.BUSY, 486, "Busy Here", null));
    }

    @Test
    void repeatedAndOvertakenOrdersChangeNothing() {
        assertThat(call.order(5, call.dialOrder("p1"))).isEqualTo(Acceptance.ACCEPTED);
        assertThat(call.order(5, call.dialOrder("p1"))).isEqualTo(Acceptance.ALREADY_APPLIED);
        assertThat(call.order(4, call.dialOrder("p2"))).isEqualTo(Acceptance.ALREADY_APPLIED);
        assertThat(call.sip.dialled()).containsExactly("p1");
    }

    @Test
    void ordersForAnotherLifeAreRefused() {
        GatewayRef other = new GatewayRef("gw-1", "01J0000000000000000000000X");
        assertThat(call.calls.order(new CommandEnvelope(CallScene.CALL, other, 1, call.dialOrder("p1"))))
                .isEqualTo(Acceptance.EPOCH_MISMATCH);
        assertThat(call.sip.dialled()).isEmpty();
    }

    @Test
    void endsLegsAndPlaysThatItNeverHeardOf() {
        call.order(new EndCall(List.of("p1", "p2"), EndReason.HUNG_UP_BY_APPLICATION, call.soon()));
        call.order(new HangUpLeg("p2", EndReason.HUNG_UP_BY_APPLICATION, call.soon()));
        call.order(new CancelMedia("cancel", List.of("play-1"), call.soon()));
        assertThat(call.events())
                .containsExactly(
                        CallScene.neverDialled("p1", EndReason.HUNG_UP_BY_APPLICATION, "ended before it was dialled"),
                        CallScene.neverDialled("p2", EndReason.HUNG_UP_BY_APPLICATION, "ended before it was dialled"),
                        new PlayEnded("play-1", Outcome.CANCELLED, null, 0, "cancelled"),
                        new MediaCancelled("cancel", List.of("play-1")));
    }

    @Test
    void endCallHangsUpEveryLegAlsoThoseThatItDoesNotName() {
        call.dial("p1");
        call.dial("p2");
        call.order(new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, call.soon()));
        assertThat(call.sip.leg("p1").hangUps).containsOnly(EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(call.sip.leg("p2").hangUps).containsOnly(EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(call.events()).hasSize(2);
    }

    /** The order may be on its way while the gateway ends the call by itself, for its length or its sound. */
    @Test
    void aCallThatTheGatewayEndedDialsNoMore() {
        call.dial("p1");
        call.calls.endAll(EndReason.MAX_DURATION);
        call.dial("p2");
        assertThat(call.sip.dialled()).containsExactly("p1");
        assertThat(call.last())
                .isEqualTo(CallScene.neverDialled("p2", EndReason.MAX_DURATION, "the call was ended before"));
    }

    @Test
    void aDialThatComesTooLateIsNotSent() {
        call.order(new DialLeg(
                "p1",
                call.phone(),
                null,
                Duration.ofSeconds(60),
                null,
                call.clock.instant().minusSeconds(1)));
        assertThat(call.sip.dialled()).isEmpty();
        assertThat(call.events())
                .containsExactly(
                        CallScene.neverDialled("p1", EndReason.UNREACHABLE, "the order to dial came too late"));
    }

    @Test
    void refusesLegsBeyondItsCapacityAndTakesThemAgainWhenSomeEnded() {
        call.dial("p1");
        call.dial("p2");
        call.dial("p3");
        assertThat(call.events()).extracting(e -> ((LegEnded) e).reason()).containsExactly(EndReason.CAPACITY);
        call.sip.leg("p1").listener.ended(EndReason.BUSY, 486, "");
        call.clock.advance(Duration.ofSeconds(1));
        call.dial("p4");
        assertThat(call.sip.dialled()).containsExactlyInAnyOrder("p1", "p2", "p4");
    }

    @Test
    void dialsNoMoreThanTheRate() {
        call.reopen(100, Duration.ofHours(4));
        for (int i = 0; i < 12; i++) {
            call.dial("p" + i);
        }
        assertThat(call.sip.dialled()).hasSize(10);
        call.clock.advance(Duration.ofMillis(200));
        call.dial("p20");
        call.dial("p21");
        call.dial("p22");
        assertThat(call.sip.dialled()).hasSize(12);
    }

    @Test
    void routesByNumberAndRefusesTheRest() {
        call.order(call.dialOrder("trunk", new Identifier("4:+4930551234")));
        call.order(call.dialOrder("nobody", new Identifier("4:+12065551234")));
        call.order(call.dialOrder("short", new Identifier("4:+1911")));
        call.order(call.dialOrder("elsewhere", new Identifier("4:+4915551234")));
        call.order(call.dialOrder("host", new Identifier("sip:a@evil.example")));
        call.order(call.dialOrder("user", new Identifier("8:acs:x_y")));
        call.order(new DialLeg("caller", call.phone(), "+12065550188", Duration.ofSeconds(60), null, call.soon()));
        assertThat(call.sip.order("trunk").target()).isEqualTo("+4930551234");
        assertThat(call.events())
                .extracting(e -> ((LegEnded) e).reason())
                .containsExactly(
                        EndReason.UNREACHABLE,
                        EndReason.NOT_FOUND,
                        EndReason.POLICY,
                        EndReason.POLICY,
                        EndReason.NOT_FOUND,
                        EndReason.POLICY);
    }

    @Test
    void aCallThatLastsTooLongIsEnded() {
        call.reopen(2, Duration.ofMillis(50));
        call.connect("p1");
        Awaitility.await().until(() -> call.last() instanceof LegEnded);
        assertThat(((LegEnded) call.last()).reason()).isEqualTo(EndReason.MAX_DURATION);
    }

    @Test
    void aSilentLegIsProbed() {
        call.connect("p1");
        call.sound().listener.silent("p1");
        assertThat(call.sip.leg("p1").probes).hasSize(1);
    }

    @Test
    void aNewLifeHangsEverythingUpUnderTheOldName() {
        call.connect("p1");
        call.calls.renew(new GatewayRef("gw-1", "01J00000000000000000000002"));
        assertThat(((LegEnded) call.last()).reason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(call.journal.eventsAfter(CallScene.CALL, 0))
                .extracting(MediaReport::gateway)
                .containsOnly(CallScene.LIFE);
        assertThat(call.order(call.play("play-1", null))).isEqualTo(Acceptance.EPOCH_MISMATCH);
    }
}
