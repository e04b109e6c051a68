package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.gateway.sip.SipRoute.Credentials;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TrunkAccountTest {
    private static final Credentials OLD = new Credentials("ringback", "old");
    private static final Credentials NEW = new Credentials("ringback", "new");

    private Supplier<Credentials> source = () -> OLD;
    private final TrunkAccount account = new TrunkAccount(() -> source.get());

    @Test
    void itIsReadAnewWhenAskedFor() {
        source = () -> NEW;

        assertThat(account.current()).isEqualTo(OLD);
        assertThat(account.renewed()).isEqualTo(NEW);
        assertThat(account.current()).isEqualTo(NEW);
        assertThat(account).asString().doesNotContain("new");
    }

    @Test
    void oneThatCannotBeReadStaysAsItWas() {
        source = () -> {
            throw new IllegalStateException("no answer");
        };

        assertThat(account.renewed()).isEqualTo(OLD);
        assertThat(account.current()).isEqualTo(OLD);
        assertThatThrownBy(() -> new TrunkAccount(source)).hasMessage("no answer");
    }
}
