package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringback.core.call.GatewayRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTest {
    @Test
    void aUlidTellsItsMillisecond() {
        // The example of the ULID specification.
        assertThat(Epoch.start(new GatewayRef("g", "01ARZ3NDEKTSV4RRFFQ69G5FAV")))
                .isEqualTo(Instant.ofEpochMilli(1_469_922_850_259L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e1", "01ARZ3NDE!TSV4RRFFQ69G5FAV"})
    void whatIsNoUlidIsRefused(String epoch) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Epoch.start(new GatewayRef("g", epoch)))
                .withMessage("not a ULID: " + epoch);
    }
}
