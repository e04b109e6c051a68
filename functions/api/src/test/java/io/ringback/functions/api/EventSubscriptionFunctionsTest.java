package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.directory.Subscription;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CreateEventSubscription, ListEventSubscriptions, GetEventSubscription, DeleteEventSubscription. */
class EventSubscriptionFunctionsTest {
    private static final String OK = "create-event-subscription/ok";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void aSubscriptionIsMadeReadListedAndDeleted() {
        Reply created = bench.invoke(OK);
        bench.events.set(Events.SUBSCRIPTION, created.at("/subscriptionId"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(bench.invoke("get-event-subscription/ok").json()).isEqualTo(created.json());
        assertThat(bench.invoke("list-event-subscriptions/ok").json()).containsExactly(created.json());
        assertThat(bench.invoke("delete-event-subscription/ok").status()).isEqualTo(204);
        assertThat(bench.invoke("list-event-subscriptions/ok").json()).isEmpty();
    }

    @Test
    void itIsAboutWhatWasAskedFor() {
        bench.succeed(OK);

        assertThat(bench.subscriptions.all()).singleElement().satisfies(subscription -> {
            assertThat(subscription.callback())
                    .isEqualTo(
                            new Callback(URI.create("https://app.example.com/calls?tenant=7"), "2021-06-15-preview"));
            assertThat(subscription.announcements())
                    .containsExactlyInAnyOrder(Announcement.INCOMING_CALL, Announcement.CALL_ENDED);
            assertThat(subscription.to().toString()).isEqualTo("[4:+12025550190, 8:acs:ringback_anna]");
            assertThat(subscription.createdAt()).isEqualTo(bench.clock.instant());
        });
    }

    @Test
    void whatIsAskedForTwiceIsThereTwice() {
        bench.succeed(OK);
        bench.clock.advance(Duration.ofSeconds(1));
        bench.succeed(OK);

        JsonNode list = bench.invoke("list-event-subscriptions/ok").json();

        assertThat(list).hasSize(2);
        assertThat(list.at("/0/createdAt").asText())
                .isLessThan(list.at("/1/createdAt").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "malformed-json, ''",
        "no-endpoint, endpoint",
        "long-endpoint, endpoint",
        "unknown-type, eventTypes[1]",
        "no-type, eventTypes",
        "types-as-text, eventTypes",
        "bad-number, to[1]",
        "sip-address, to[0]",
        "unknown-schema, schema"
    })
    void aMalformedOneIsNotKept(String sample, String target) {
        Reply reply = bench.invoke("create-event-subscription/" + sample);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target().orElse("")).isEqualTo(target);
        assertThat(bench.subscriptions.all()).isEmpty();
    }

    @Test
    void thereAreFiftyAtMost() {
        for (int i = 0; i < Subscription.MOST; i++) {
            bench.succeed(OK);
        }

        Reply reply = bench.invoke(OK);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8528");
        assertThat(reply.message()).isEqualTo("there are 50 event subscriptions already; delete one first");
        assertThat(bench.subscriptions.all()).hasSize(Subscription.MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-event-subscription", "delete-event-subscription"})
    void whatIsNotThereIsNotFound(String operation) {
        bench.succeed(OK);
        bench.events.set(Events.SUBSCRIPTION, "../SUB");

        assertNotFound(bench.invoke(operation + "/unknown-id"));
        assertNotFound(bench.invoke(operation + "/ok"));
        assertThat(bench.subscriptions.all()).hasSize(1);
    }

    @Test
    void whatWasDeletedIsNotFound() {
        bench.events.set(Events.SUBSCRIPTION, bench.invoke(OK).at("/subscriptionId"));
        bench.succeed("delete-event-subscription/ok");

        assertNotFound(bench.invoke("get-event-subscription/ok"));
        assertNotFound(bench.invoke("delete-event-subscription/ok"));
    }

    @Test
    void ofTwoThatDeleteAtOnceOneFindsIt() throws ExecutionException, InterruptedException {
        bench.events.set(Events.SUBSCRIPTION, bench.invoke(OK).at("/subscriptionId"));
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Future<Reply> one = two.submit(() -> bench.invoke("delete-event-subscription/ok"));
            Future<Reply> other = two.submit(() -> bench.invoke("delete-event-subscription/ok"));

            assertThat(List.of(one.get().status(), other.get().status())).containsExactlyInAnyOrder(204, 404);
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void anEndpointThatAnswersTheHandshakeGetsTheEventGridEnvelope() throws IOException {
        try (MockWebServer app = answering()) {
            Reply created = subscribe(app);

            assertThat(created.status()).isEqualTo(201);
            assertThat(created.at("/schema")).isEqualTo("eventGrid");
            assertThat(bench.subscriptions.all())
                    .singleElement()
                    .satisfies(subscription ->
                            assertThat(subscription.callback().apiVersion()).isEqualTo(Callback.EVENT_GRID));
        }
    }

    @Test
    void anEndpointThatDoesNotIsNotSubscribed() throws IOException {
        try (MockWebServer app = new MockWebServer()) {
            app.enqueue(new MockResponse.Builder().code(200).body("{}").build());
            app.start();

            Reply reply = subscribe(app);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("8523");
            assertThat(reply.target()).contains("endpoint");
            assertThat(reply.message()).startsWith("endpoint did not answer the validation event with its code");
            assertThat(bench.subscriptions.all()).isEmpty();
        }
    }

    @Test
    void nobodyIsAskedWhoWantsCloudEvents() throws IOException {
        try (MockWebServer app = answering()) {
            String event = bench.events
                    .read(OK)
                    .replace(
                            "https://app.example.com/calls?tenant=7",
                            app.url("/calls").toString());

            assertThat(bench.invokeWith(OK, event).status()).isEqualTo(201);
            assertThat(app.getRequestCount()).isZero();
        }
    }

    @Test
    void aShortRequestIsToldOfEverything() {
        bench.succeed("create-event-subscription/everything");

        assertThat(bench.subscriptions.all().get(0).announcements()).isEqualTo(Set.of(Announcement.values()));
    }

    private Reply subscribe(MockWebServer app) {
        String event = bench.events
                .read("create-event-subscription/event-grid")
                .replace(
                        "https://app.example.com/calls?tenant=7",
                        app.url("/calls").toString());
        return bench.invokeWith("create-event-subscription", event);
    }

    /** An endpoint that repeats the code which it is asked with. */
    private static MockWebServer answering() throws IOException {
        MockWebServer app = new MockWebServer();
        app.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String code = Objects.requireNonNull(request.getBody())
                        .utf8()
                        .replaceFirst(".*\"validationCode\":\"([^\"]+)\".*", "$1");
                return new MockResponse.Builder()
                        .code(200)
                        .body("{\"validationResponse\":\"" + code + "\"}")
                        .build();
            }
        });
        app.start();
        return app;
    }

    private static void assertNotFound(Reply reply) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("subscriptionId");
    }
}
