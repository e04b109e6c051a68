package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Outbox;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.network.RebindingNetwork;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpReceiverTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String BODY = "[{\"specversion\":\"1.0\",\"id\":\"ev1\",\"grüße\":\"ü\"}]";

    private final MockWebServer app = new MockWebServer();
    private final HttpReceiver receiver =
            new HttpReceiver(OutboundPolicy.LOCAL, new LiveSecrets(LiveSecrets.OLD), new FakeClock(NOON));

    @BeforeEach
    void start() throws IOException {
        app.start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void theBodyArrivesByteForByte() throws InterruptedException {
        app.enqueue(new MockResponse.Builder().code(204).build());

        Answer answer = receiver.post(event("/cb?token=a%2Fb"));

        RecordedRequest request = app.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/cb?token=a%2Fb");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/cloudevents-batch+json");
        assertThat(request.getHeaders().get("aeg-event-type")).isNull();
        assertThat(request.getBody()).isNotNull();
        assertThat(request.getBody().utf8()).isEqualTo(BODY);
        assertThat(answer).isEqualTo(new Answer(204, "", Duration.ZERO));
        assertThat(answer.isSuccess()).isTrue();
    }

    @Test
    void anEventInTheEventGridEnvelopeComesAsEventGridSendsIt() throws InterruptedException {
        app.enqueue(new MockResponse.Builder().code(200).build());
        String body = "[{\"id\":\"ev1\",\"topic\":\"ringback\"}]";

        receiver.post(new Outbox.Item(1, "ev1", "t", app.url("/grid").uri(), NOON, NOON.plusSeconds(60), body));

        RecordedRequest request = app.takeRequest();
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("aeg-event-type")).isEqualTo("Notification");
        assertThat(request.getBody()).isNotNull();
        assertThat(request.getBody().utf8()).isEqualTo(body);
    }

    @Test
    void aReceiverOfHttp10IsSentEachEventOnAConnectionOfItsOwn() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            app.enqueue(new MockResponse.Builder().status("HTTP/1.0 200 OK").build());
        }

        assertThat(receiver.post(event("/")).isSuccess()).isTrue();
        assertThat(receiver.post(event("/")).isSuccess()).isTrue();
        assertThat(app.takeRequest().getExchangeIndex()).isZero();
        assertThat(app.takeRequest().getExchangeIndex()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "200, true, false",
        "299, true, false",
        "302, false, false",
        "400, false, true",
        "404, false, true",
        "408, false, false",
        "410, false, true",
        "425, false, false",
        "429, false, false",
        "500, false, false",
        "503, false, false"
    })
    void eachStatusMeansWhatTheContractSays(int status, boolean success, boolean last) {
        app.enqueue(new MockResponse.Builder().code(status).build());

        Answer answer = receiver.post(event("/"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isSuccess()).isEqualTo(success);
        assertThat(answer.isFinal()).isEqualTo(last);
        assertThat(app.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        app.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", "/elsewhere")
                .build());

        assertThat(receiver.post(event("/")).status()).isEqualTo(307);
        assertThat(app.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "17, PT17S",
        "0, PT0S",
        "'Mon, 02 Mar 2026 12:00:42 GMT', PT42S",
        "'Mon, 02 Mar 2026 11:59:00 GMT', PT0S",
        "soon, PT0S",
        "-5, PT0S",
        "99999999999999999999, PT277777H46M39S"
    })
    void retryAfterIsSecondsOrADate(String header, Duration expected) {
        app.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", header)
                .build());

        assertThat(receiver.post(event("/")).retryAfter()).isEqualTo(expected);
        assertThat(app.getRequestCount()).isEqualTo(1);
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsRead() {
        app.enqueue(new MockResponse.Builder()
                .code(500)
                .body("x".repeat(5_000_000))
                .throttleBody(64 * 1024, 1, TimeUnit.SECONDS)
                .build());

        assertThat(receiver.post(event("/")).detail()).isEqualTo("x".repeat(256));
    }

    @Test
    void aStatusCountsWhateverBecomesOfTheRestOfTheAnswer() {
        for (int status : new int[] {200, 410}) {
            app.enqueue(new MockResponse.Builder()
                    .code(status)
                    .body("x".repeat(100_000))
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());

            assertThat(receiver.post(event("/")).status()).isEqualTo(status);
        }
    }

    @Test
    void aSuccessIsNotWaitedForAnyLonger() {
        app.enqueue(new MockResponse.Builder()
                .code(200)
                .body("later")
                .bodyDelay(20, TimeUnit.SECONDS)
                .build());

        assertThat(receiver.post(event("/"))).isEqualTo(new Answer(200, "", Duration.ZERO));
    }

    @Test
    void anAddressThatIsNoneIsAnAnswerToo() {
        assertThat(receiver.post(event(URI.create("http://127.0.0.1:99999/"))).status())
                .isZero();
    }

    @Test
    void aNameThatLeadsElsewhereTheSecondTimeLeadsNowhere() throws IOException {
        try (RebindingNetwork evil = new RebindingNetwork(List.of(
                List.of(RebindingNetwork.PUBLIC), List.of("127.0.0.1"), List.of("10.0.0.1", "::ffff:127.0.0.1")))) {
            HttpReceiver cloud = new HttpReceiver(
                    OutboundPolicy.PUBLIC,
                    new Network(evil::lookup, evil::way),
                    new LiveSecrets(LiveSecrets.OLD),
                    new FakeClock(NOON),
                    Duration.ofSeconds(10));
            URI callback = URI.create("https://rebind.example:" + evil.port() + "/cb");

            assertThat(cloud.post(event(callback)).status()).isZero();
            for (int again = 0; again < 2; again++) {
                assertThat(cloud.post(event(callback)).detail()).contains("no address that may be contacted");
            }

            assertThat(evil.passed()).isNotEmpty().containsOnly(RebindingNetwork.PUBLIC);
            assertThat(evil.visitsInside()).isZero();
        }
    }

    @Test
    void whoeverAnswersTooLateHasNotAnswered() {
        app.enqueue(
                new MockResponse.Builder().headersDelay(20, TimeUnit.SECONDS).build());

        Answer answer = new HttpReceiver(
                        OutboundPolicy.LOCAL,
                        Network.REAL,
                        new LiveSecrets(LiveSecrets.OLD),
                        new FakeClock(NOON),
                        Duration.ofMillis(200))
                .post(event("/"));

        assertThat(answer.status()).isZero();
        assertThat(answer.detail()).contains("timeout");
    }

    @Test
    void aBrokenConnectionIsAnAnswerToo() {
        app.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThat(receiver.post(event("/")).status()).isZero();
    }

    @Test
    void nobodyListensIsAnAnswerToo() {
        URI gone = app.url("/").uri();
        app.close();

        Answer answer = receiver.post(event(gone));

        assertThat(answer.status()).isZero();
        assertThat(answer.isFinal()).isFalse();
        assertThat(answer.detail()).startsWith("ConnectException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "https://127.0.0.1/", "https://169.254.169.254/"})
    void inTheCloudNothingInsideIsContacted(URI destination) {
        Answer answer = new HttpReceiver(OutboundPolicy.PUBLIC, new LiveSecrets(LiveSecrets.OLD), new FakeClock(NOON))
                .post(event(destination));

        assertThat(answer.status()).isZero();
        assertThat(answer.detail()).containsAnyOf("must begin with https://", "may not be contacted");
    }

    private Outbox.Item event(String path) {
        return event(app.url(path).uri());
    }

    private static Outbox.Item event(URI destination) {
        return new Outbox.Item(1, "ev1", "t", destination, NOON, NOON.plusSeconds(3600), BODY);
    }
}
