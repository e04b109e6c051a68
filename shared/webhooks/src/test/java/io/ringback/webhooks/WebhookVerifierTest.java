package io.ringback.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.testkit.FakeClock;
import io.ringback.webhooks.Verification.Authentic;
import io.ringback.webhooks.Verification.Reason;
import io.ringback.webhooks.Verification.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {
    static final String OLD = "whsec_" + "b2xk".repeat(8);
    static final String NEW = "whsec_" + "bmV3".repeat(8);
    static final String OTHER = "whsec_" + "b3Ro".repeat(8);
    private static final byte[] BODY = "[{\"grüße\":\"ü\"}]".getBytes(StandardCharsets.UTF_8);

    private final FakeClock clock = FakeClock.atNoon();
    private final Instant noon = clock.instant();

    @Test
    void whatWasSignedIsAuthentic() {
        assertThat(verify(List.of(OLD), signed(OLD), BODY)).isEqualTo(new Authentic("event-1", noon));
    }

    @Test
    void theSignatureIsThatOfTheSpecification() {
        Map<String, String> headers = new WebhookSigner(
                        List.of(WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .headers(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(headers)
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aChangedByteOfIdTimeOrBodyIsRefused() {
        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;
            assertThat(reason(verify(List.of(OLD), signed(OLD), changed)))
                    .as("byte %d", i)
                    .isEqualTo(Reason.WRONG_SIGNATURE);
        }
        assertThat(reason(verify(List.of(OLD), with(signed(OLD), "webhook-id", "event-2"), BODY)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        String later = Long.toString(noon.getEpochSecond() + 1);
        assertThat(reason(verify(List.of(OLD), with(signed(OLD), "webhook-timestamp", later), BODY)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @Test
    void anotherSecretIsRefused() {
        assertThat(reason(verify(List.of(OTHER), signed(OLD), BODY))).isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(reason(verify(List.of(OTHER, NEW), signed(OLD), BODY))).isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @Test
    void whileTwoSecretsAreLiveEitherIsEnoughAtBothEnds() {
        Map<String, String> both = signed(OLD, NEW);

        assertThat(both)
                .hasEntrySatisfying(
                        "webhook-signature",
                        value -> assertThat(value.split(" ")).hasSize(2));
        assertThat(verify(List.of(OLD), both, BODY)).isInstanceOf(Authentic.class);
        assertThat(verify(List.of(NEW), both, BODY)).isInstanceOf(Authentic.class);
        assertThat(verify(List.of(OLD, NEW), signed(OLD), BODY)).isInstanceOf(Authentic.class);
        assertThat(verify(List.of(OLD, NEW), signed(NEW), BODY)).isInstanceOf(Authentic.class);
        assertThat(verify(List.of(OTHER), both, BODY)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"-301, TOO_NEW", "-300,", "0,", "300,", "301, TOO_OLD"})
    void fiveMinutesAreToleratedBothWays(long secondsLater, @Nullable Reason refused) {
        Map<String, String> headers = signed(OLD);
        clock.advance(Duration.ofSeconds(secondsLater));

        assertThat(reason(verify(List.of(OLD), headers, BODY))).isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aMissingHeaderIsNamed(String header) {
        Map<String, String> headers = new HashMap<>(signed(OLD));
        headers.remove(header);

        assertThat(verify(List.of(OLD), headers, BODY)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.HEADER_MISSING);
            assertThat(refused.message()).contains(header);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"noon", "-1", "1.5", "99999999999999999999", "+5", "1772452800 "})
    void aTimestampIsAPlainNumber(String timestamp) {
        assertThat(reason(verify(List.of(OLD), with(signed(OLD), "webhook-timestamp", timestamp), BODY)))
                .isEqualTo(Reason.TIMESTAMP_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,", "v1", ",", "v1,AAAA", "v1a,AAAA v2,BBBB", "\u0000 é"})
    void whatIsNoSignatureOfOursIsRefused(String signature) {
        assertThat(reason(verify(List.of(OLD), with(signed(OLD), "webhook-signature", signature), BODY)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @Test
    void signaturesOfSchemesThatWeDoNotKnowArePassedOver() {
        Map<String, String> headers = signed(OLD);
        headers = with(headers, "webhook-signature", "v1a,AAAA " + headers.get("webhook-signature") + " v9,zz");

        assertThat(verify(List.of(OLD), headers, BODY)).isInstanceOf(Authentic.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "c2VjcmV0", "whsec_?"})
    void whatIsNoSecretIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> new WebhookVerifier(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a webhook secret")
                .hasNoCause();
        assertThat(WebhookSecret.parse(OLD)).hasToString("whsec_…");
    }

    @Test
    void withoutASecretNothingIsSignedOrVerified() {
        assertThatThrownBy(() -> new WebhookVerifier(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebhookSigner(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdThatCouldBeReadAsIdAndTimeIsNotSigned() {
        WebhookSigner signer = new WebhookSigner(List.of(WebhookSecret.parse(OLD)));

        assertThatThrownBy(() -> signer.headers("event.1772452800", noon, BODY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Map<String, String> signed(String... secrets) {
        return new WebhookSigner(
                        List.of(secrets).stream().map(WebhookSecret::parse).toList())
                .headers("event-1", noon, BODY);
    }

    private Verification verify(List<String> secrets, Map<String, String> headers, byte[] body) {
        return new WebhookVerifier(secrets, clock).verify(headers::get, body);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    /** Why it was refused; null when it was not. */
    private static @Nullable Reason reason(Verification verification) {
        return verification instanceof Refused refused ? refused.reason() : null;
    }
}
