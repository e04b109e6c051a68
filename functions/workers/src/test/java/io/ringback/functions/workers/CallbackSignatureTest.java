package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.ringback.core.port.Outbox;
import io.ringback.testkit.FakeClock;
import io.ringback.webhooks.Verification;
import io.ringback.webhooks.WebhookVerifier;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Posted events, judged by the libraries of Standard Webhooks and of CloudEvents. The first keeps time by the system's
 * clock, so ours starts there.
 */
@Timeout(30)
class CallbackSignatureTest {
    private final FakeClock clock = new FakeClock(Instant.now());
    private final LiveSecrets secrets = new LiveSecrets(LiveSecrets.OLD);
    private final HttpReceiver receiver = new HttpReceiver(OutboundPolicy.LOCAL, secrets, clock);
    private final MockWebServer app = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        app.start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void bothLibrariesReadWhatIsPosted() throws IOException, InterruptedException {
        Outbox.Item event = realEvent();

        RecordedRequest request = post(event);

        assertThatCode(() -> verify(LiveSecrets.OLD, request.getHeaders(), body(request)))
                .doesNotThrowAnyException();
        assertThat(request.getHeaders().get("webhook-id")).isEqualTo(event.id());
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/cloudevents-batch+json");
        String batch = body(request);
        assertThat(batch).startsWith("[").endsWith("]");
        CloudEvent read = new JsonFormat()
                .deserialize(batch.substring(1, batch.length() - 1).getBytes(StandardCharsets.UTF_8));
        assertThat(read.getId()).isEqualTo(event.id());
        assertThat(read.getType()).isEqualTo(event.type());
    }

    @Test
    void theTimestampIsThatOfTheAttemptAndTheIdThatOfTheEvent() throws IOException, InterruptedException {
        Outbox.Item event = realEvent();
        Headers first = post(event).getHeaders();
        clock.advance(Duration.ofSeconds(30));
        Headers second = post(event).getHeaders();

        assertThat(seconds(second) - seconds(first)).isEqualTo(30);
        assertThat(second.get("webhook-id")).isEqualTo(first.get("webhook-id"));
        assertThat(second.get("webhook-signature")).isNotEqualTo(first.get("webhook-signature"));
    }

    @Test
    void aChangedByteALateTimestampAndAWrongSecretAreRefusedByBoth() throws IOException, InterruptedException {
        RecordedRequest request = post(realEvent());
        String changed = body(request).replace("\"specversion\"", "\"specversioN\"");
        assertRefused(LiveSecrets.OLD, request.getHeaders(), changed);
        assertRefused(LiveSecrets.NEW, request.getHeaders(), body(request));

        clock.advance(Duration.ofMinutes(-6));
        RecordedRequest late = post(realEvent());
        assertRefused(LiveSecrets.OLD, late.getHeaders(), body(late));
    }

    /** The order that docs/operations.md gives: add the new one, let receivers take it, remove the old one. */
    @Test
    void aRotationInTheMiddleOfAStreamLosesAndRepeatsNothing() throws IOException, InterruptedException {
        assertAccepted(LiveSecrets.OLD);
        secrets.become(LiveSecrets.OLD, LiveSecrets.NEW);
        assertAccepted(LiveSecrets.OLD);
        assertAccepted(LiveSecrets.NEW);
        secrets.become(LiveSecrets.NEW);
        assertAccepted(LiveSecrets.NEW);
    }

    @Test
    void withoutReadableSecretsNothingIsSent() throws IOException {
        secrets.become("whsec_short");
        Outbox.Item event = realEvent();

        assertThatThrownBy(() -> receiver.post(event)).isInstanceOf(IllegalArgumentException.class);
        assertThat(app.getRequestCount()).isZero();
    }

    private void assertAccepted(String known) throws IOException, InterruptedException {
        RecordedRequest request = post(realEvent());
        assertThatCode(() -> verify(known, request.getHeaders(), body(request))).doesNotThrowAnyException();
        assertThat(ours(known, request.getHeaders(), body(request))).isInstanceOf(Verification.Authentic.class);
    }

    private static void assertRefused(String known, Headers headers, String body) {
        assertThatThrownBy(() -> verify(known, headers, body)).isInstanceOf(WebhookVerificationException.class);
        assertThat(ours(known, headers, body)).isInstanceOf(Verification.Refused.class);
    }

    private static void verify(String secret, Headers headers, String body) throws WebhookVerificationException {
        new Webhook(secret).verify(body, headers.toMultimap());
    }

    private static Verification ours(String secret, Headers headers, String body) {
        return new WebhookVerifier(List.of(secret)).verify(headers::get, body.getBytes(StandardCharsets.UTF_8));
    }

    private RecordedRequest post(Outbox.Item event) throws InterruptedException {
        app.enqueue(new MockResponse.Builder().code(204).build());
        assertThat(receiver.post(event).isSuccess()).isTrue();
        return app.takeRequest();
    }

    /** The first event of a call, as it was committed, for the application of this test. */
    private Outbox.Item realEvent() throws IOException {
        try (Scene scene = new Scene()) {
            Outbox.Item item = scene.storage.outbox().items(scene.callbacks()).get(0);
            return new Outbox.Item(
                    item.sequence(),
                    item.id(),
                    item.type(),
                    app.url("/callbacks").uri(),
                    item.occurredAt(),
                    item.notAfter(),
                    item.body());
        }
    }

    private static long seconds(Headers headers) {
        return Long.parseLong(Objects.requireNonNull(headers.get("webhook-timestamp")));
    }

    private static String body(RecordedRequest request) {
        return Objects.requireNonNull(request.getBody()).utf8();
    }
}
