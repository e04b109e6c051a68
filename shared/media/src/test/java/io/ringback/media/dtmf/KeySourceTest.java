package io.ringback.media.dtmf;

import static io.ringback.media.dtmf.KeySource.Way.INFO;
import static io.ringback.media.dtmf.KeySource.Way.IN_BAND;
import static io.ringback.media.dtmf.KeySource.Way.TELEPHONE_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeySourceTest {
    private final KeySource source = new KeySource();

    @Test
    void telephoneEventsAreTheOnlySourceIfTheyWereNegotiated() {
        source.negotiated(true);
        assertThat(source.needsInBand()).isFalse();
        assertThat(source.accept(IN_BAND)).isFalse();
        assertThat(source.accept(INFO)).isFalse();
        assertThat(source.accept(TELEPHONE_EVENT)).isTrue();
    }

    @Test
    void elseTheFirstOfInfoAndSoundStays() {
        source.negotiated(false);
        assertThat(source.needsInBand()).isTrue();
        assertThat(source.accept(TELEPHONE_EVENT)).isFalse();
        assertThat(source.accept(INFO)).isTrue();
        assertThat(source.accept(IN_BAND)).isFalse();
        assertThat(source.needsInBand()).isFalse();
        source.negotiated(false);
        assertThat(source.accept(IN_BAND)).as("a refresh changes nothing").isFalse();
    }

    @Test
    void aNewAnswerWithoutTelephoneEventsOpensTheChoice() {
        source.negotiated(true);
        source.negotiated(false);
        assertThat(source.accept(IN_BAND)).isTrue();
        assertThat(source.accept(INFO)).isFalse();
    }
}
