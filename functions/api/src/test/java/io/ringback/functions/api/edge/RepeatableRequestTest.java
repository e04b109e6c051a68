package io.ringback.functions.api.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.FirstAnswer;
import io.ringback.wire.repeat.AnswerSeal;
import io.ringback.wire.repeat.Repeatability.Repeatable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatableRequestTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ID = "0f2e9a44-7c1d-4b6a-9a5e-3c8d1f60b7a2";
    private static final String OTHER_ID = "1f2e9a44-7c1d-4b6a-9a5e-3c8d1f60b7a2";
    private static final String SECRET = "{\"password\":\"7hT2\"}";

    private final RepeatableRequest request = request(ID, "POST", "/identities", "1", "{}");
    private final FirstAnswer kept = request.keep(ApiAnswer.json(201, SECRET), List.of());

    @Test
    void theSameRequestFindsAndReadsItsAnswer() {
        RepeatableRequest again = request(ID, "POST", "/identities", "1", "{}");

        assertThat(again.request()).isEqualTo(kept.request());
        assertThat(again.hasContentOf(kept)).isTrue();
        assertThat(again.open(kept)).isEqualTo(ApiAnswer.json(201, SECRET));
    }

    @Test
    void anotherIdMethodOrPathIsAnotherRequest() {
        assertThat(List.of(
                        request(OTHER_ID, "POST", "/identities", "1", "{}"),
                        request(ID, "PUT", "/identities", "1", "{}"),
                        request(ID, "POST", "/identities/", "1", "{}")))
                .extracting(RepeatableRequest::request)
                .doesNotContain(kept.request())
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherBodyOrVersionIsAnotherContent() {
        assertThat(request(ID, "POST", "/identities", "1", "{ }").hasContentOf(kept))
                .isFalse();
        assertThat(request(ID, "POST", "/identities", "2", "{}").hasContentOf(kept))
                .isFalse();
    }

    @Test
    void whatIsKeptTellsNeitherTheIdNorTheAnswer() {
        assertThat(kept.toString())
                .doesNotContain(ID)
                .doesNotContain("password")
                .doesNotContain("7hT2");
    }

    @Test
    void itIsKeptUntilADayAfterTheFirstSending() {
        assertThat(kept.expiresAt()).isEqualTo(NOW.minusSeconds(60).plus(Duration.ofHours(24)));
        assertThat(kept.at()).isEqualTo(NOW);
    }

    private static RepeatableRequest request(String id, String method, String path, String version, String body) {
        return new RepeatableRequest(
                new Repeatable(id, NOW.minusSeconds(60)),
                method,
                path,
                version,
                body.getBytes(UTF_8),
                NOW,
                new AnswerSeal(new SecureRandom()));
    }
}
