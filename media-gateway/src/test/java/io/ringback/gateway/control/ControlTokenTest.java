package io.ringback.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlTokenTest {
    @Test
    void theTokenIsShownAsABearer() {
        ControlToken token = ControlToken.fixed("secret");

        assertThat(token.isShownBy("Bearer secret")).isTrue();
        assertThat(token.isShownBy("Bearer secre")).isFalse();
        assertThat(token.isShownBy("secret")).isFalse();
        assertThat(token.isShownBy("")).isFalse();
        assertThat(token).asString().doesNotContain("secret");
    }

    @Test
    void aChangedOneIsTakenAtOnceAndTheOldOneUntilItIsForgotten() {
        ControlToken token = new ControlToken(() -> "old", () -> "new");

        assertThat(token.isShownBy("Bearer new")).isTrue();
        assertThat(token.isShownBy("Bearer old")).isTrue();
        assertThat(token.isShownBy("Bearer other")).isFalse();
    }

    @Test
    void aTokenThatFitsCostsNoLookUp() {
        ControlToken token = new ControlToken(() -> "old", () -> {
            throw new AssertionError("the token was read anew");
        });

        assertThat(token.isShownBy("Bearer old")).isTrue();
    }
}
