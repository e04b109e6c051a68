package io.ringback.wire.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerSealTest {
    private static final KeptAnswer ANSWER =
            new KeptAnswer(201, Map.of("content-type", "application/json"), "{\"a\":\"\u00e4\"}", "call-1");

    private final AnswerSeal seal = new AnswerSeal(new SecureRandom());

    @Test
    void whatWasSealedIsOpenedWithTheSameIdOnly() {
        String sealed = seal.seal("id", "request", ANSWER);

        assertThat(seal.open("id", "request", sealed)).isEqualTo(ANSWER);
        assertThatThrownBy(() -> seal.open("another", "request", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open("id", "another", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aChangedByteIsNoticed() {
        byte[] sealed = Base64.getDecoder().decode(seal.seal("id", "request", ANSWER));
        sealed[sealed.length / 2] ^= 1;
        String changed = Base64.getEncoder().encodeToString(sealed);

        assertThatThrownBy(() -> seal.open("id", "request", changed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAnswerOfNoCallHasNone() {
        KeptAnswer empty = new KeptAnswer(204, Map.of(), "", null);

        assertThat(seal.open("id", "request", seal.seal("id", "request", empty)))
                .isEqualTo(empty);
    }

    @Test
    void noTwoSealsAreAlike() {
        assertThat(seal.seal("id", "request", ANSWER)).isNotEqualTo(seal.seal("id", "request", ANSWER));
    }
}
