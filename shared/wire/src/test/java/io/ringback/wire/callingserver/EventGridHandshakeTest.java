package io.ringback.wire.callingserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventGridHandshakeTest {
    private final EventGridHandshake handshake =
            new EventGridHandshake("ev1", "code-1", Instant.parse("2026-11-22T10:00:00Z"));

    @Test
    void theQuestionIsAnEventWithTheCode() {
        assertThat(handshake.body())
                .isEqualTo("[{\"id\":\"ev1\",\"topic\":\"ringback\",\"subject\":\"\","
                        + "\"eventType\":\"Microsoft.EventGrid.SubscriptionValidationEvent\","
                        + "\"eventTime\":\"2026-11-22T10:00:00Z\",\"dataVersion\":\"1.0\",\"metadataVersion\":\"1\","
                        + "\"data\":{\"validationCode\":\"code-1\"}}]");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "{\"validationResponse\":\"code-1\"}          | true",
                "{\"validationResponse\":\"code-1\",\"x\":1}  | true",
                "{\"validationResponse\":\"code-2\"}          | false",
                "{\"validationResponse\":{\"a\":\"code-1\"}}  | false",
                "{\"validationCode\":\"code-1\"}              | false",
                "\"code-1\"                                   | false",
                "code-1                                       | false",
                "^^                                           | false"
            })
    void onlyTheCodeAnswersIt(String answer, boolean answered) {
        assertThat(handshake.isAnsweredBy(answer)).isEqualTo(answered);
    }
}
