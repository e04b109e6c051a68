package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event Grid's validation, asked twice at once, and answered more often or otherwise than once. */
@Timeout(60)
class HandshakesTest {
    private static final String SAMPLE = "create-event-subscription/event-grid";

    @TempDir
    Path folder;

    private final MockWebServer app = new MockWebServer();
    private final Queue<String> codes = new ConcurrentLinkedQueue<>();
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final CountDownLatch oneIsDone = new CountDownLatch(1);
    private ApiBench bench;

    @BeforeEach
    void start() throws IOException {
        bench = ApiBench.inMemory(folder);
        app.start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void oneRequestThatComesTwiceAtOnceIsOneSubscription() throws Exception {
        answer(code -> {
            meet();
            return consent(code);
        });

        List<Reply> replies = twice(repeatable());

        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(replies.get(0).at("/subscriptionId"))
                .isEqualTo(replies.get(1).at("/subscriptionId"));
        assertThat(bench.subscriptions.all()).hasSize(1);
        assertThat(codes).as("each question has a code of its own").hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void twoRequestsAtOnceAreTwoSubscriptionsAndEachIsAskedAbout() throws Exception {
        answer(code -> {
            meet();
            return consent(code);
        });

        List<Reply> replies = twice(subscribe());

        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(bench.subscriptions.all()).hasSize(2);
        assertThat(codes).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void theAnswerToOneQuestionIsNoneToTheOther() throws Exception {
        answer(code -> {
            meet();
            return consent(codes.stream()
                    .filter(other -> !other.equals(code))
                    .findFirst()
                    .orElseThrow());
        });

        List<Reply> replies = twice(subscribe());

        assertThat(replies).extracting(Reply::status).containsOnly(400);
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.message())
                        .startsWith("endpoint did not answer the validation event with its code"));
        assertThat(bench.subscriptions.all()).isEmpty();
    }

    @Test
    void whoIsRefusedBeforeTheOtherIsSubscribedIsToldSo() throws Exception {
        answer(code -> {
            meet();
            if (!code.equals(codes.peek())) {
                return refusal(503);
            }
            awaitTheOther();
            return consent(code);
        });

        assertThat(twice(repeatable())).extracting(Reply::status).containsExactlyInAnyOrder(201, 400);
        assertThat(bench.subscriptions.all()).hasSize(1);
    }

    @Test
    void whoIsRefusedWhenTheOtherIsSubscribedGetsItsAnswer() throws Exception {
        answer(code -> {
            meet();
            if (code.equals(codes.peek())) {
                return consent(code);
            }
            awaitTheOther();
            return refusal(503);
        });

        List<Reply> replies = twice(repeatable());

        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(replies.get(0).at("/subscriptionId"))
                .isEqualTo(replies.get(1).at("/subscriptionId"));
        assertThat(bench.subscriptions.all()).hasSize(1);
    }

    @Test
    void aSecondAnswerIsNoneToTheNextQuestion() {
        String doubled = "{\"validationResponse\":\"CODE\"}HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n";
        answer(code -> codes.size() == 1
                // Behind the answer, and beyond its length, a second one: on a kept connection it would come next.
                ? new MockResponse.Builder()
                        .code(200)
                        .body(doubled.replace("CODE", code) + consentText(code))
                        .setHeader("Content-Length", consentText(code).length())
                        .build()
                : refusal(404));

        assertThat(bench.invokeWith(SAMPLE, subscribe()).status()).isEqualTo(201);
        Reply next = bench.invokeWith(SAMPLE, subscribe());

        assertThat(next.message()).startsWith("endpoint answered the validation event with 404");
        assertThat(bench.subscriptions.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void anEndpointThatPutsOffItsAnswerIsNotAskedAgain(int status) {
        answer(code -> codes.size() == 1
                ? new MockResponse.Builder()
                        .code(status)
                        .addHeader("Retry-After", "0")
                        .build()
                : consent(code));

        assertThat(bench.invokeWith(SAMPLE, subscribe()).status()).isEqualTo(400);
        assertThat(codes).hasSize(1);
        assertThat(bench.subscriptions.all()).isEmpty();
    }

    /** Answers each question by its code, which is noted. */
    private void answer(Function<String, MockResponse> answer) {
        app.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String code = Objects.requireNonNull(request.getBody())
                        .utf8()
                        .replaceFirst(".*\"validationCode\":\"([^\"]+)\".*", "$1");
                codes.add(code);
                return answer.apply(code);
            }
        });
    }

    /** Waits until both questions have been asked. */
    private void meet() {
        try {
            both.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("only one question was asked", e);
        }
    }

    /** Waits until one of the two requests was answered. */
    private void awaitTheOther() {
        try {
            assertThat(oneIsDone.await(4, TimeUnit.SECONDS))
                    .as("the other request was answered")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MockResponse consent(String code) {
        return new MockResponse.Builder().code(200).body(consentText(code)).build();
    }

    private static String consentText(String code) {
        return "{\"validationResponse\":\"" + code + "\"}";
    }

    private static MockResponse refusal(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    private List<Reply> twice(String event) throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<Reply> request = () -> {
                try {
                    return bench.invokeWith(SAMPLE, event);
                } finally {
                    oneIsDone.countDown();
                }
            };
            Future<Reply> one = two.submit(request);
            Future<Reply> other = two.submit(request);
            return List.of(one.get(), other.get());
        } finally {
            two.shutdownNow();
        }
    }

    private String subscribe() {
        return bench.events
                .read(SAMPLE)
                .replace(
                        "https://app.example.com/calls?tenant=7",
                        app.url("/calls").toString());
    }

    /** The same, with a name of its own. */
    private String repeatable() {
        return SampleEvent.parse(subscribe())
                .withHeader("Repeatability-Request-ID", "0f5d3d1c-7a55-4b25-9d0a-3b1f6f0a2c11")
                .withHeader(
                        "Repeatability-First-Sent",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                bench.clock.instant().atZone(ZoneOffset.UTC)))
                .text();
    }
}
