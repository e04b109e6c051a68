package io.ringback.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallIds;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
    private final RandomIds ids = new RandomIds();

    @Test
    void aChildIdTellsItsCall() {
        String call = ids.newServerCallId();
        assertThat(CallIds.serverCall(call)).contains(call);
        assertThat(CallIds.serverCallOf(ids.newChildId(call))).contains(call);
        assertThat(ids.newChildId(call)).isNotEqualTo(ids.newChildId(call));
    }

    @Test
    void idsAreOpaqueLongAndDifferent() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> ids.newId()))
                .allMatch(id -> id.matches("[A-Za-z0-9_-]{14,}"))
                .doesNotHaveDuplicates();
    }
}
