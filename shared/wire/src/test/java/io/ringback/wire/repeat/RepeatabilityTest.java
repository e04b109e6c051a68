package io.ringback.wire.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.decision.ErrorCode;
import io.ringback.wire.repeat.Repeatability.None;
import io.ringback.wire.repeat.Repeatability.Repeatable;
import io.ringback.wire.repeat.Repeatability.Unusable;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatabilityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.500Z");
    private static final String ID = "0f2e9a44-7c1d-4b6a-9a5e-3c8d1f60b7a2";
    private static final String SENT = "Sun, 22 Nov 2026 11:59:00 GMT";

    @Test
    void withoutEitherHeaderARequestIsNotRepeatable() {
        assertThat(Repeatability.read(Optional.empty(), Optional.empty(), NOW)).isEqualTo(new None());
    }

    @Test
    void anIdIsReadInLowerCase() {
        assertThat(Repeatability.read(Optional.of("0F2E9A44-7C1D-4B6A-9A5E-3C8D1F60B7A2"), Optional.of(SENT), NOW))
                .isEqualTo(new Repeatable(ID, Instant.parse("2026-11-22T11:59:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sat, 21 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:05:00 GMT"})
    void aDateAtTheEdgeIsAccepted(String sent) {
        assertThat(read(ID, sent)).isInstanceOf(Repeatable.class);
    }

    @Test
    void aDayMayHaveOneDigit() {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");

        assertThat(Repeatability.read(Optional.of(ID), Optional.of("Mon, 2 Mar 2026 12:00:00 GMT"), noon))
                .isEqualTo(new Repeatable(ID, noon));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sat, 21 Nov 2026 11:59:59 GMT   | older than 24 hours
            Sun, 22 Nov 2026 12:05:01 GMT   | more than 5 minutes ahead of the time here, which is Sun, 22 Nov 2026 12:00:00 GMT
            Mon, 22 Nov 2026 11:59:00 GMT   | is no such date
            Sun, 22 Nov 2026 11:59:00 +0100 | is no such date
            Sunday, 22-Nov-26 11:59:00 GMT  | is no such date
            2026-11-22T11:59:00Z            | accepted is a date like Sun, 22 Nov 2026 12:00:00 GMT
            """)
    void anyOtherDateIsRefused(String sent, String message) {
        assertThat(read(ID, sent)).isInstanceOfSatisfying(Unusable.class, unusable -> {
            assertThat(unusable.refusal().code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
            assertThat(unusable.refusal().target()).isEqualTo("Repeatability-First-Sent");
            assertThat(unusable.refusal().message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1-1-1-1-1", "0f2e9a447c1d4b6a9a5e3c8d1f60b7a2", "0f2e9a44-7c1d-4b6a-9a5e-3c8d1f60b7ag", " "})
    void whatIsNoUuidIsRefused(String id) {
        assertThat(read(id, SENT)).isInstanceOfSatisfying(Unusable.class, unusable -> {
            assertThat(unusable.refusal().code()).isEqualTo(ErrorCode.MALFORMED);
            assertThat(unusable.refusal().target()).isEqualTo("Repeatability-Request-ID");
        });
    }

    @Test
    void oneHeaderWithoutTheOtherIsRefused() {
        assertThat(Repeatability.read(Optional.of(ID), Optional.empty(), NOW))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable -> assertThat(unusable.refusal().code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
        assertThat(Repeatability.read(Optional.empty(), Optional.of(SENT), NOW))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable -> assertThat(unusable.refusal().code()).isEqualTo(ErrorCode.MALFORMED));
    }

    private static Repeatability read(String id, String sent) {
        return Repeatability.read(Optional.of(id), Optional.of(sent), NOW);
    }
}
