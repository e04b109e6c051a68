package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.port.Gateways.Reserved;
import io.ringback.core.port.Gateways.Slots;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The gateway is the last judge of its room (telephony §11): no INVITE beyond it, whatever was reserved. */
class AdmissionTest extends SceneTest {
    @Test
    void aCallHasNoMoreLegsThanOneMayHave() {
        call.reopen(new Capacity(9, 2, 9, 9, 9));
        dial(3);

        assertThat(call.sip.dialled()).containsExactly("p0", "p1");
        assertThat(call.last()).isEqualTo(full("p2", "the call has as many legs as one may have"));
    }

    @Test
    void theTrunkTakesNoMoreThanItsRoomAndUsersDoNotUseIt() {
        call.reopen(new Capacity(9, 9, 9, 1, 9));
        dial(2);
        call.order(new DialLeg("user", Identifier.ofUser("bob"), null, Duration.ofSeconds(60), null, call.soon()));

        assertThat(call.sip.dialled()).containsExactly("p0");
        assertThat(call.calls.census().trunk()).isEqualTo(Slots.of(1, 1));
        assertThat(endReasons()).startsWith(EndReason.CAPACITY).doesNotHaveDuplicates();
    }

    @Test
    void aCallerWhoFindsTheTrunkFullIsSentElsewhere() {
        call.people.subscribe(CallScene.OUR_NUMBER);
        call.reopen(new Capacity(9, 9, 9, 1, 9));
        dial(1);

        assertThat(call.offer(CallScene.fromTrunk("+12065550199")).sent).containsExactly("refused 503");
    }

    @Test
    void aDialThatIsTooSoonForTheTrunkWaitsItsTurnAndOneThatIsFarTooSoonEnds() {
        call.reopen(new Capacity(20, 20, 20, 20, 1));
        dial(8);

        assertThat(call.sip.dialled()).containsExactly("p0");
        assertThat(endReasons()).containsExactly(EndReason.CAPACITY, EndReason.CAPACITY);
        Awaitility.await().until(() -> call.sip.dialled().size() == 2);
        assertThat(call.calls.census().legs().load()).isEqualTo(6);
    }

    @Test
    void whoIsHungUpBeforeItsTurnIsNotDialled() {
        call.reopen(new Capacity(20, 20, 20, 20, 1));
        dial(2);
        call.order(new EndCall(List.of("p0", "p1"), EndReason.HUNG_UP_BY_APPLICATION, call.soon()));

        Awaitility.await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
        assertThat(call.sip.dialled()).containsExactly("p0");
    }

    @Test
    void aReservationIsSettledWhenItsDialHasComeOrWasOvertaken() {
        dial(3);
        assertThat(call.calls.census().came()).isEqualTo(new Reserved(3, 3));
        assertThat(call.calls.census().legs()).isEqualTo(Slots.of(2, 2));

        call.order(new EndCall(List.of("p0", "p1", "p2", "overtaken"), EndReason.HUNG_UP_BY_APPLICATION, call.soon()));
        assertThat(call.calls.census().came().legs()).isEqualTo(4);
    }

    @Test
    void aTrunkTakesASecondsWorthAtOnceAndThenKeepsItsRate() {
        FakeClock clock = FakeClock.atNoon();
        TrunkRate rate = new TrunkRate(2, clock);

        List<Long> waits = Stream.generate(rate::next)
                .limit(12)
                .map(wait -> wait.orElseThrow().toMillis())
                .toList();
        assertThat(waits).startsWith(0L, 0L, 500L, 1000L).endsWith(4500L, 5000L);
        assertThat(rate.next()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(rate.next()).contains(Duration.ofMillis(4500));
        clock.advance(Duration.ofHours(1));
        assertThat(rate.next()).contains(Duration.ZERO);
    }

    @Test
    void aClockThatIsSetBackKeepsNoDialFromTheTrunk() {
        FakeClock clock = FakeClock.atNoon();
        TrunkRate rate = new TrunkRate(2, clock);
        assertThat(rate.next()).contains(Duration.ZERO);
        clock.advance(Duration.ofHours(-1));
        assertThat(rate.next()).contains(Duration.ZERO);
    }

    private void dial(int count) {
        for (int i = 0; i < count; i++) {
            call.dial("p" + i);
        }
    }

    private List<EndReason> endReasons() {
        return call.events().stream()
                .filter(LegEnded.class::isInstance)
                .map(event -> ((LegEnded) event).reason())
                .toList();
    }

    private static LegEnded full(String leg, String message) {
        return CallScene.neverDialled(leg, EndReason.CAPACITY, message);
    }
}
