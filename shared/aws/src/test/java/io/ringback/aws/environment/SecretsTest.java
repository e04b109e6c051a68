package io.ringback.aws.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final FakeClock clock = FakeClock.atNoon();
    private final AtomicInteger reads = new AtomicInteger();
    private final Secrets secrets = new Secrets(arn -> arn + "-" + reads.incrementAndGet(), clock);

    @Test
    void aSecretIsReadAgainAfterFiveMinutes() {
        assertThat(secrets.current("key")).isEqualTo("key-1");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(secrets.current("key")).isEqualTo("key-1");
        clock.advance(Duration.ofMillis(1));
        assertThat(secrets.current("key")).isEqualTo("key-2");
    }

    @Test
    void aRefusedSecretIsReadAgainButNotForEveryRequest() {
        secrets.current("key");
        assertThat(secrets.fresh("key")).isEqualTo("key-1");
        clock.advance(Duration.ofSeconds(10));
        assertThat(secrets.fresh("key")).isEqualTo("key-2");
        assertThat(secrets.fresh("key")).isEqualTo("key-2");
        assertThat(secrets.current("key")).isEqualTo("key-2");
    }

    @Test
    void afterARestoreEverySecretIsReadAgain() {
        secrets.current("key");
        secrets.afterRestore(Core.getGlobalContext());

        assertThat(secrets.current("key")).isEqualTo("key-2");
        secrets.afterRestore(Core.getGlobalContext());
        assertThat(secrets.fresh("key")).isEqualTo("key-3");
    }

    @Test
    void whileTheSourceCannotBeAskedTheLastValueHoldsAndIsAskedForAgainSoon() {
        AtomicBoolean away = new AtomicBoolean();
        Secrets kept = new Secrets(
                arn -> {
                    if (away.get()) {
                        throw new IllegalStateException("no answer");
                    }
                    return arn + "-" + reads.incrementAndGet();
                },
                clock);
        away.set(true);
        assertThatThrownBy(() -> kept.current("key")).hasMessage("no answer");
        away.set(false);
        assertThat(kept.current("key")).isEqualTo("key-1");

        away.set(true);
        clock.advance(Duration.ofMinutes(5));
        assertThat(kept.current("key")).isEqualTo("key-1");
        away.set(false);
        clock.advance(Duration.ofSeconds(10));
        assertThat(kept.current("key")).isEqualTo("key-2");
    }

    @Test
    void eachSecretIsItsOwn() {
        assertThat(secrets.current("a")).isEqualTo("a-1");
        assertThat(secrets.current("b")).isEqualTo("b-2");
    }
}
