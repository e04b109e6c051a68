package io.ringback.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
    private final FakeClock clock = FakeClock.atNoon();
    private final FailedLogins failures = new FailedLogins(clock);

    private static String address(int number) {
        return "10.0." + (number >> 8) + "." + (number & 0xFF);
    }

    @Test
    void anAddressThatFailedOftenWaitsUntilTheWindowIsOver() {
        for (int i = 0; i < FailedLogins.MOST; i++) {
            assertThat(failures.mayTry(address(1))).isTrue();
            failures.failed(address(1));
        }
        assertThat(failures.mayTry(address(1))).isFalse();
        assertThat(failures.mayTry(address(2))).isTrue();
        clock.advance(FailedLogins.WINDOW.plusMillis(1));

        assertThat(failures.mayTry(address(1))).isTrue();
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        for (int i = 0; i < FailedLogins.MOST; i++) {
            failures.failed(address(1));
        }
        clock.advance(Duration.ofHours(-1));

        assertThat(failures.mayTry(address(1))).isTrue();
    }

    @Test
    void onlySoManyAddressesAreRemembered() {
        for (int i = 0; i < FailedLogins.MOST; i++) {
            failures.failed(address(0));
        }
        for (int i = 1; i <= FailedLogins.ADDRESSES; i++) {
            failures.failed(address(i));
        }

        assertThat(failures.mayTry(address(0))).as("the eldest made room").isTrue();
    }
}
