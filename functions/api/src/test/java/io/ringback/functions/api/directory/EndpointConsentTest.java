package io.ringback.functions.api.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.network.RebindingNetwork;
import io.ringback.webhooks.Verification;
import io.ringback.webhooks.WebhookSecret;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.webhooks.WebhookVerifier;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class EndpointConsentTest {
    private static final String SECRET = "whsec_" + "b25l".repeat(16);

    private final MockWebServer app = new MockWebServer();
    private final FakeClock clock = FakeClock.atNoon();
    private final WebhookSigner signer = new WebhookSigner(List.of(WebhookSecret.parse(SECRET)));
    private final EndpointConsent consent = consent(OutboundPolicy.LOCAL, Duration.ofSeconds(10));

    @BeforeEach
    void start() throws IOException {
        app.start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void theEndpointIsAskedAsEventGridAsks() throws InterruptedException {
        answer(200, "{\"validationResponse\":\"CODE\"}");

        Optional<String> objection = consent.objection(endpoint("/calls?tenant=7"));

        RecordedRequest request = app.takeRequest();
        assertThat(objection).isEmpty();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/calls?tenant=7");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("aeg-event-type")).isEqualTo("SubscriptionValidation");
        assertThat(text(request))
                .contains("\"eventType\":\"Microsoft.EventGrid.SubscriptionValidationEvent\"")
                .contains("\"eventTime\":\"2026-03-02T12:00:00Z\"");
    }

    @Test
    void theQuestionIsSignedAsEventsAre() throws InterruptedException {
        answer(200, "{\"validationResponse\":\"CODE\"}");

        consent.objection(endpoint("/"));

        RecordedRequest request = app.takeRequest();
        assertThat(new WebhookVerifier(List.of(SECRET), clock)
                        .verify(request.getHeaders()::get, text(request).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Verification.Authentic.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            value = {
                "202, {\"validationResponse\":\"CODE\"}, with 202; 200 is accepted",
                "302, {\"validationResponse\":\"CODE\"}, with 302; 200 is accepted",
                "500, {\"validationResponse\":\"CODE\"}, with 500; 200 is accepted",
                "200, {\"validationResponse\":\"guessed\"}, with its code",
                "200, CODE, with its code",
                "200, ^^, with its code"
            })
    void anyOtherAnswerIsNoConsent(int status, String body, String objection) {
        answer(status, body);

        assertThat(consent.objection(endpoint("/"))).get().asString().contains(objection);
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() {
        answer(200, "{\"validationResponse\":\"CODE\"}" + " ".repeat(16 * 1024));

        assertThat(consent.objection(endpoint("/"))).get().asString().contains("with its code");
    }

    @Test
    void anAnswerThatTakesTooLongIsNotAwaited() {
        app.enqueue(new MockResponse.Builder()
                .code(200)
                .headersDelay(1, TimeUnit.MINUTES)
                .build());

        assertThat(consent(OutboundPolicy.LOCAL, Duration.ofMillis(200)).objection(endpoint("/")))
                .get()
                .asString()
                .startsWith("did not answer the validation event");
    }

    @Test
    void whatMayNotBeContactedIsNot() {
        assertThat(consent(OutboundPolicy.PUBLIC, Duration.ofSeconds(10)).objection(endpoint("/")))
                .get()
                .asString()
                .contains("may not be contacted");
        assertThat(app.getRequestCount()).isZero();
    }

    @Test
    void anAddressThatIsNoneIsNotContacted() {
        assertThat(consent.objection(URI.create("http://127.0.0.1:99999/")))
                .contains("is no address that can be contacted");
    }

    /** @param body in which CODE stands for the code of the question */
    private void answer(int status, String body) {
        app.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String code = text(request).replaceFirst(".*\"validationCode\":\"([^\"]+)\".*", "$1");
                return new MockResponse.Builder()
                        .code(status)
                        .body(body.replace("CODE", code))
                        .build();
            }
        });
    }

    @Test
    void aNameThatLeadsElsewhereTheSecondTimeLeadsNowhere() throws IOException {
        try (RebindingNetwork evil = new RebindingNetwork(
                List.of(List.of(RebindingNetwork.PUBLIC), List.of("127.0.0.1"), List.of("169.254.169.254", "::1")))) {
            EndpointConsent cloud = new EndpointConsent(
                    OutboundPolicy.PUBLIC,
                    new Network(evil::lookup, evil::way),
                    () -> signer,
                    new RandomIds(),
                    clock,
                    Duration.ofSeconds(10));
            URI endpoint = URI.create("https://rebind.example:" + evil.port() + "/calls");

            assertThat(cloud.objection(endpoint)).isPresent();
            for (int again = 0; again < 2; again++) {
                assertThat(cloud.objection(endpoint))
                        .hasValueSatisfying(why -> assertThat(why).contains("no address that may be contacted"));
            }

            assertThat(evil.passed()).isNotEmpty().containsOnly(RebindingNetwork.PUBLIC);
            assertThat(evil.visitsInside()).isZero();
        }
    }

    private URI endpoint(String path) {
        return URI.create("http://127.0.0.1:" + app.getPort() + path);
    }

    private static String text(RecordedRequest request) {
        ByteString body = request.getBody();
        return body == null ? "" : body.utf8();
    }

    private EndpointConsent consent(OutboundPolicy policy, Duration limit) {
        return new EndpointConsent(policy, Network.REAL, () -> signer, new RandomIds(), clock, limit);
    }
}
