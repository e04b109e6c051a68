package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Outbox;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A delivery that dies before or after any step and is then taken up again. */
@Timeout(60)
class DeliveryDeathsTest extends Deliveries {
    @Test
    void whereverTheProcessDiesEveryEventArrivesInOrderAndOneAtMostTwice() {
        int points = 0;
        while (diesDelivering(points)) {
            points++;
        }

        assertThat(points).as("points at which it can die").isEqualTo(20);
    }

    /** Delivers three commits with one failure among them, dying once; false when there is no such point. */
    private boolean diesDelivering(int point) {
        stream = stream(100 + point);
        int before = app.received().size();
        commit(1, 2);
        commit(3);
        app.answer(204, 500);
        Crash crash = new Crash(point);
        CallbackDelivery mortal =
                delivery(crash.around(Outbox.class, storage.outbox()), crash.around(Receiver.class, receiver()));
        while (!unfinished().isEmpty()) {
            try {
                if (turn(mortal) instanceof Turn.Wait wait) {
                    clock.advance(wait.time());
                }
            } catch (Crash.Death death) {
                assertThat(crash.happened()).isTrue();
            }
        }
        List<String> arrived = app.received().subList(before, app.received().size());
        List<String> inOrder = arrived.stream().distinct().toList();
        assertThat(inOrder).as("dying at %d", point).isEqualTo(bodies(1, 2, 3));
        assertThat(arrived).as("dying at %d", point).isSorted().hasSizeBetween(4, 5);
        return crash.happened();
    }

    @Test
    void whereverTheProcessDiesEveryLetterArrivesInOrderAndOneAtMostTwice() {
        int points = 0;
        while (diesRedelivering(points)) {
            points++;
        }

        assertThat(points).as("points at which it can die").isGreaterThan(20);
    }

    /** Delivers two letters with one failure among them, and an event, dying once; false when there is no such point. */
    private boolean diesRedelivering(int point) {
        stream = stream(100 + point);
        app.answer(410, 410);
        commit(1);
        commit(2);
        assertThat(take()).isEqualTo(new Turn.Done());
        redriveAll();
        commit(3);
        app.answer(204, 500);
        int before = app.received().size();
        Crash crash = new Crash(point);
        CallbackDelivery mortal =
                delivery(crash.around(Outbox.class, storage.outbox()), crash.around(Receiver.class, receiver()));
        while (storage.outbox().read(stream, 1).redriven() != null) {
            try {
                turn(mortal);
            } catch (Crash.Death death) {
                assertThat(crash.happened()).isTrue();
            }
            clock.advance(Duration.ofSeconds(1));
        }
        List<String> arrived = app.received().subList(before, app.received().size());
        assertThat(arrived.stream().distinct()).as("dying at %d", point).containsExactlyElementsOf(bodies(3, 1, 2));
        assertThat(arrived).as("dying at %d", point).hasSizeBetween(4, 5);
        assertThat(letters()).isEmpty();
        return crash.happened();
    }
}
