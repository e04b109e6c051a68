package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sip.Nonces.Worth;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NoncesTest {
    private final FakeClock clock = FakeClock.atNoon();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Nonces nonces = new Nonces(
            () -> new StringBuilder(String.format("%024d", tokens.incrementAndGet()))
                    .reverse()
                    .toString(),
            clock);

    @Test
    void aNonceIsGoodForItsLifeAndStaleAfterIt() {
        String nonce = nonces.fresh();
        assertThat(nonces.worth(nonce)).isEqualTo(Worth.GOOD);
        clock.advance(Nonces.LIFE);
        assertThat(nonces.worth(nonce)).isEqualTo(Worth.GOOD);
        clock.advance(Duration.ofMillis(1));

        assertThat(nonces.worth(nonce)).isEqualTo(Worth.STALE);
    }

    @Test
    void oneThatWeDidNotMakeIsForeign() {
        String nonce = nonces.fresh();
        char last = nonce.charAt(nonce.length() - 2);
        String forged =
                nonce.substring(0, nonce.length() - 2) + (last == 'A' ? 'B' : 'A') + nonce.charAt(nonce.length() - 1);

        assertThat(nonces.worth(forged)).isEqualTo(Worth.FOREIGN);
        assertThat(nonces.worth("")).isEqualTo(Worth.FOREIGN);
        assertThat(nonces.worth("no base64 at all!")).isEqualTo(Worth.FOREIGN);
        assertThat(new Nonces(() -> "another secret of 24 char", clock).worth(nonce))
                .isEqualTo(Worth.FOREIGN);
    }

    @Test
    void aCountIsUsedOnceAndOnlyUpwards() {
        String nonce = nonces.fresh();

        assertThat(nonces.use(nonce, 1)).isTrue();
        assertThat(nonces.use(nonce, 1)).isFalse();
        assertThat(nonces.use(nonce, 5)).isTrue();
        assertThat(nonces.use(nonce, 4)).isFalse();
    }

    @Test
    void whatHadToBeForgottenCannotBeUsedOnceMore() {
        String forgotten = nonces.fresh();
        nonces.use(forgotten, 1);
        clock.advance(Duration.ofMillis(1));
        for (int i = 0; i < Nonces.REMEMBERED; i++) {
            assertThat(nonces.use(nonces.fresh(), 1)).isTrue();
        }

        assertThat(nonces.use(forgotten, 2)).isFalse();
        assertThat(nonces.use(nonces.fresh(), 1)).isTrue();
    }
}
