package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of RFC 3261 §16.7, step 6. */
class RefusalsTest {
    @Test
    void whatSaysMoreAboutTheUserCountsMore() {
        List<@Nullable Integer> order =
                new ArrayList<>(Arrays.asList(603, 302, 486, 480, 415, 404, 487, 500, 503, null));
        for (int better = 0; better < order.size(); better++) {
            for (int worse = better; worse < order.size(); worse++) {
                assertThat(Refusals.isBetter(order.get(better), order.get(worse)))
                        .as(order.get(better) + " before " + order.get(worse))
                        .isEqualTo(better != worse);
                assertThat(Refusals.isBetter(order.get(worse), order.get(better)))
                        .isFalse();
            }
        }
    }
}
