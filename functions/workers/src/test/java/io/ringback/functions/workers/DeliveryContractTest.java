package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.event.CallEvent;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Timelines;
import io.ringback.testkit.FakeClock;
import io.ringback.webhooks.Verification;
import io.ringback.webhooks.WebhookVerifier;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What native API §4 promises receivers, seen from a receiver that is asked over HTTP. */
@Timeout(60)
class DeliveryContractTest extends Deliveries {
    @Test
    void whatIsTriedAgainIsTheSameEventSignedAnew() {
        app.answer(500, 503);
        commit(1);
        untilNothingIsLeft();

        List<RecordedRequest> requests = app.requests();
        assertThat(requests)
                .hasSize(3)
                .extracting(request -> request.getHeaders().get("webhook-id"))
                .containsOnly("event-1");
        assertThat(app.received()).containsOnly("{\"event\":\"event-1\"}");
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = requests.get(i);
            Instant sent =
                    FakeClock.atNoon().instant().plusSeconds(List.of(0, 1, 3).get(i));
            assertThat(request.getHeaders().get("webhook-timestamp")).isEqualTo(Long.toString(sent.getEpochSecond()));
            byte[] body = Objects.requireNonNull(request.getBody()).toByteArray();
            assertThat(new WebhookVerifier(List.of(LiveSecrets.OLD), () -> sent)
                            .verify(request.getHeaders()::get, body))
                    .isInstanceOf(Verification.Authentic.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, 3600, PT10M",
        "429, 600, PT10M",
        "500, 90, PT1M30S",
        "503, 'Mon, 02 Mar 2026 12:01:30 GMT', PT1M30S",
        "503, 'Mon, 02 Mar 2026 14:00:00 GMT', PT10M",
        "503, 0, PT1S",
        "503, soon, PT1S"
    })
    void aReceiverIsLeftAloneForAsLongAsItAsksUpToTenMinutes(int status, String asked, Duration pause) {
        app.answer(new MockResponse.Builder()
                .code(status)
                .addHeader("Retry-After", asked)
                .build());
        commit(1);

        assertThat(take()).isEqualTo(new Turn.Wait(pause));
        clock.advance(pause.minusMillis(1));
        take();
        assertThat(app.received()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        take();
        assertThat(app.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAFailedAttemptAndLeadsNowhere(int status) throws IOException {
        try (App elsewhere = new App()) {
            app.answer(new MockResponse.Builder()
                    .code(status)
                    .addHeader("Location", elsewhere.callback().uri().toString())
                    .build());
            commit(1);

            assertThat(take()).isEqualTo(new Turn.Wait(Duration.ofSeconds(1)));
            assertThat(elsewhere.received()).isEmpty();
            assertThat(attempts())
                    .extracting(Attempt::outcome, Attempt::status)
                    .containsExactly(tuple(Outcome.FAILED, status));
        }
    }

    @Test
    void aDeadLetterAndTheTimelineTellEveryAnswerForSevenDays() {
        app.answer(new MockResponse.Builder().code(503).body("maintenance").build());
        app.answer(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        app.answer(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "90")
                .body("slowly")
                .build());
        app.answer(new MockResponse.Builder().code(410).body("moved away").build());
        commit(1);
        untilNothingIsLeft();

        List<Attempt> told = letters().get(0).attempts();
        assertThat(told)
                .extracting(Attempt::outcome, Attempt::status)
                .containsExactly(
                        tuple(Outcome.FAILED, 503),
                        tuple(Outcome.FAILED, 0),
                        tuple(Outcome.FAILED, 429),
                        tuple(Outcome.DEAD, 410));
        assertThat(told).extracting(Attempt::detail).contains("maintenance", "slowly", "moved away");
        assertThat(told.get(1).detail()).contains("Exception");
        Instant noon = FakeClock.atNoon().instant();
        assertThat(told)
                .extracting(attempt -> Duration.between(noon, attempt.at()).toSeconds())
                .containsExactly(0L, 1L, 3L, 93L);
        assertThat(inTheTimeline()).isEqualTo(told);

        clock.advance(DeadLetters.KEPT.minusMillis(1));
        assertThat(DeadLetters.KEPT).isEqualTo(Duration.ofDays(7));
        assertThat(letters()).hasSize(1);
        clock.advance(Duration.ofMillis(2));
        assertThat(letters()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void theLastWordAboutSomethingIsTriedForADayAndTheRestForAnHour(CallEvent event, Duration tried) {
        app.answerAlways(503);
        commit(event, 1);
        untilNothingIsLeft();

        Instant last = attempts().get(attempts().size() - 1).at();
        assertThat(Duration.between(FakeClock.atNoon().instant(), last))
                .isBetween(tried.minus(Duration.ofMinutes(5)), tried);
        assertThat(letters()).hasSize(1);
    }

    static Stream<Arguments> theLastWordAboutSomethingIsTriedForADayAndTheRestForAnHour() {
        Duration day = Duration.ofDays(1);
        Duration hour = Duration.ofHours(1);
        ResultInfo ok = ResultInfo.of(EndReason.COMPLETED, "");
        return Stream.of(
                Arguments.of(new ConnectionStateChanged(CallState.TERMINATED, ok, null), day),
                Arguments.of(
                        new CallEvent.RecordingFileStatusUpdated(
                                "r-1", Recording.Status.AVAILABLE, 1000, 16_044, 1, List.of(), ok),
                        day),
                Arguments.of(new CallEvent.CallEnded(Identifier.ofPhoneNumber("+15555550100"), 1000, ok), day),
                Arguments.of(new ConnectionStateChanged(CallState.TERMINATING, ok, null), hour),
                Arguments.of(
                        new CallEvent.RecordingStateChanged(
                                "r-1",
                                false,
                                CallEvent.RecordingStateChanged.Change.STOP,
                                FakeClock.atNoon().instant(),
                                ok),
                        hour));
    }

    /** Delivers as the queue would have it, each time after the pause that was asked for. */
    private void untilNothingIsLeft() {
        while (take() instanceof Turn.Wait wait) {
            clock.advance(wait.time());
        }
        assertThat(storage.outbox().read(stream, 10).rows()).isEmpty();
    }

    private List<Attempt> inTheTimeline() {
        Timelines.Answer all = storage.timelines().read(stream.serverCallId(), Timelines.MOST, null);
        return ((Timelines.Answer.Page) all)
                .entries().stream()
                        .filter(Timelines.Sent.class::isInstance)
                        .map(Timelines.Sent.class::cast)
                        .filter(sent -> sent.id().equals("event-1"))
                        .flatMap(sent -> sent.attempts().stream())
                        .toList();
    }
}
