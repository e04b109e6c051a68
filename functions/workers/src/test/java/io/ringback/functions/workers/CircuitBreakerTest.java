package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.memory.MemoryCircuits;
import io.ringback.core.port.Circuits;
import io.ringback.core.port.Circuits.Endpoint;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Endpoint APP = new Endpoint("https://app.example:443");
    private static final Endpoint OTHER = new Endpoint("https://other.example:443");

    private final FakeClock clock = FakeClock.atNoon();
    private final Counted circuits = new Counted();
    private final CircuitBreaker here = breaker(0);
    private final CircuitBreaker elsewhere = breaker(0);

    @Test
    void aHealthyEndpointCostsNoRequest() {
        for (int i = 0; i < 100; i++) {
            assertThat(here.openUntil(APP, false)).isEmpty();
            here.answered(APP);
        }

        assertThat(circuits.requests).isZero();
    }

    @Test
    void threeFailuresInARowWhereverTheyWereOpenTheCircuitForHalfAMinute() {
        assertThat(here.failed(APP, false)).isEmpty();
        assertThat(elsewhere.failed(APP, false)).isEmpty();
        assertThat(here.openUntil(APP, true)).isEmpty();
        assertThat(elsewhere.failed(APP, false)).contains(inSeconds(30));

        clock.advance(Duration.ofSeconds(20));
        assertThat(elsewhere.openUntil(APP, false)).contains(inSeconds(10));
        assertThat(here.openUntil(APP, false))
                .as("what it knew is five seconds old")
                .contains(inSeconds(10));
        assertThat(here.openUntil(OTHER, true)).isEmpty();
    }

    @Test
    void anAnswerInBetweenBeginsTheCountAnew() {
        here.failed(APP, false);
        here.failed(APP, false);
        here.answered(APP);

        assertThat(here.failed(APP, false)).isEmpty();
        assertThat(here.failed(APP, false)).isEmpty();
    }

    @Test
    void theAnswerToARetryElsewhereBeginsTheCountAnewToo() {
        here.failed(APP, false);
        here.failed(APP, false);
        elsewhere.openUntil(APP, true);
        elsewhere.answered(APP);

        assertThat(here.failed(APP, false)).isEmpty();
    }

    @Test
    void whatMayBeTheEventsFaultDoesNotCount() {
        here.failed(APP, false);
        here.failed(APP, false);
        assertThat(here.failed(APP, true)).isEmpty();
        assertThat(here.openUntil(APP, true)).isEmpty();
    }

    @Test
    void whoFailsAtAnEndpointThatIsLeftAloneNotesNothing() {
        open();
        int before = circuits.requests;
        clock.advance(Duration.ofSeconds(4));

        assertThat(here.failed(APP, false)).contains(inSeconds(26));
        assertThat(circuits.requests).isEqualTo(before);
    }

    @Test
    void oneTriesAndTheOthersWaitForIt() {
        open();
        assertThat(elsewhere.openUntil(APP, true)).isPresent();
        clock.advance(Duration.ofSeconds(30));

        assertThat(here.openUntil(APP, false)).isEmpty();
        assertThat(here.openUntil(APP, false)).as("another stream").contains(inSeconds(12));
        assertThat(elsewhere.openUntil(APP, false)).contains(inSeconds(12));
    }

    @Test
    void twoWhoWantToTryAtTheSameMomentAreOneWhoDoes() {
        open();
        clock.advance(Duration.ofSeconds(30));
        circuits.meanwhile = () -> assertThat(elsewhere.openUntil(APP, true)).isEmpty();

        assertThat(here.openUntil(APP, true)).contains(inSeconds(12));
    }

    @Test
    void itsAnswerClosesTheCircuit() {
        open();
        clock.advance(Duration.ofSeconds(30));
        here.openUntil(APP, false);
        here.answered(APP);

        assertThat(here.openUntil(APP, true)).isEmpty();
        assertThat(elsewhere.openUntil(APP, true)).isEmpty();
    }

    @Test
    void itsFailureLeavesTheEndpointAloneAgainWhoeverElseAsksMeanwhile() {
        open();
        clock.advance(Duration.ofSeconds(30));
        here.openUntil(APP, false);
        clock.advance(Duration.ofSeconds(10));
        here.openUntil(APP, false);

        assertThat(here.failed(APP, true)).contains(inSeconds(30));
        assertThat(elsewhere.openUntil(APP, true)).contains(inSeconds(30));
    }

    @Test
    void ifNothingIsHeardOfItAnotherOneIsMade() {
        open();
        clock.advance(Duration.ofSeconds(30));
        here.openUntil(APP, false);
        clock.advance(Duration.ofSeconds(12));

        assertThat(elsewhere.openUntil(APP, true)).isEmpty();
    }

    @Test
    void whoWaitsComesBackAtDifferentTimes() {
        open();

        assertThat(breaker(0.5).openUntil(APP, true)).contains(inSeconds(35));
    }

    private void open() {
        here.failed(APP, false);
        here.failed(APP, false);
        here.failed(APP, false);
    }

    private Instant inSeconds(long seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    private CircuitBreaker breaker(double random) {
        return new CircuitBreaker(circuits, () -> random, clock);
    }

    /** Counts the requests, and lets something happen before a probe is taken. */
    private static final class Counted implements Circuits {
        private final MemoryCircuits circuits = new MemoryCircuits();
        private int requests;
        private Runnable meanwhile = () -> {};

        @Override
        public Circuit find(Endpoint endpoint) {
            requests++;
            return circuits.find(endpoint);
        }

        @Override
        public Circuit fail(Endpoint endpoint, Instant retryAt) {
            requests++;
            return circuits.fail(endpoint, retryAt);
        }

        @Override
        public void close(Endpoint endpoint) {
            requests++;
            circuits.close(endpoint);
        }

        @Override
        public Optional<Circuit> probe(Endpoint endpoint, Circuit seen, Instant until) {
            requests++;
            Runnable first = meanwhile;
            meanwhile = () -> {};
            first.run();
            return circuits.probe(endpoint, seen, until);
        }
    }
}
