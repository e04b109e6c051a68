package io.ringback.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Ours against the library of the Standard Webhooks project, which keeps time by the system's clock. */
class IndependentVerifierTest {
    private static final String SECRET = WebhookVerifierTest.OLD;
    private static final String BODY = "[{\"specversion\":\"1.0\",\"grüße\":\"ü\"}]";

    @Test
    void theLibraryBelievesOurs() {
        assertThatCode(() -> verify(SECRET, BODY, sent(Duration.ZERO))).doesNotThrowAnyException();
    }

    @Test
    void theLibraryBelievesOneOfTwoSignatures() {
        Map<String, List<String>> headers = sent(Duration.ZERO, WebhookVerifierTest.NEW, SECRET);

        assertThatCode(() -> verify(SECRET, BODY, headers)).doesNotThrowAnyException();
        assertThatCode(() -> verify(WebhookVerifierTest.NEW, BODY, headers)).doesNotThrowAnyException();
    }

    @Test
    void theLibraryRefusesWhatWeRefuse() {
        assertRefused(SECRET, BODY.replace("1.0", "1.1"), sent(Duration.ZERO));
        assertRefused(SECRET, BODY, sent(Duration.ofSeconds(-301)));
        assertRefused(SECRET, BODY, sent(Duration.ofMinutes(6)));
        assertRefused(WebhookVerifierTest.OTHER, BODY, sent(Duration.ZERO));
    }

    @Test
    void weBelieveTheLibrary() throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, String> headers = Map.of(
                "webhook-id", "event-1",
                "webhook-timestamp", Long.toString(now),
                "webhook-signature", new Webhook(SECRET).sign("event-1", now, BODY));

        assertThat(new WebhookVerifier(List.of(SECRET)).verify(headers::get, BODY.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Verification.Authentic("event-1", Instant.ofEpochSecond(now)));
    }

    private static void assertRefused(String secret, String body, Map<String, List<String>> headers) {
        assertThatThrownBy(() -> verify(secret, body, headers)).isInstanceOf(WebhookVerificationException.class);
    }

    private static void verify(String secret, String body, Map<String, List<String>> headers)
            throws WebhookVerificationException {
        new Webhook(secret).verify(body, headers);
    }

    private static Map<String, List<String>> sent(Duration fromNow) {
        return sent(fromNow, SECRET);
    }

    private static Map<String, List<String>> sent(Duration fromNow, String... secrets) {
        return new WebhookSigner(
                        List.of(secrets).stream().map(WebhookSecret::parse).toList())
                        .headers("event-1", Instant.now().plus(fromNow), BODY.getBytes(StandardCharsets.UTF_8))
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }
}
