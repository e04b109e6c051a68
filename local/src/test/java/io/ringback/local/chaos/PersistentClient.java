package io.ringback.local.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks until it gets a definite answer: after a 5xx, a lost connection or a time-out the same request again, under the same id. */
final class PersistentClient {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final Duration PATIENCE = Duration.ofSeconds(35);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final double IMPATIENT = 0.03;
    private static final String SCHEDULED =
            "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String accessKey;
    private final Storm storm;
    private final Random random;
    private final AtomicInteger repeats = new AtomicInteger();

    PersistentClient(String base, String accessKey, Storm storm, Random random) {
        this.base = base;
        this.accessKey = accessKey;
        this.storm = storm;
        this.random = random;
    }

    /** A definite answer: a success, or an error that another try would not mend. */
    record Reply(int status, JsonNode body) {
        boolean accepted() {
            return status < 300;
        }

        String text(String member) {
            return body.path(member).asText();
        }
    }

    CompletableFuture<Reply> post(String path, Map<String, ?> body) {
        String json = json(body);
        String id = UUID.randomUUID().toString();
        String firstSent = HTTP_DATE.format(Instant.now().atOffset(ZoneOffset.UTC));
        return ask(
                patience -> request(path, patience)
                        .header("Content-Type", "application/json")
                        .header("Repeatability-Request-ID", id)
                        .header("Repeatability-First-Sent", firstSent)
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                impatience());
    }

    CompletableFuture<Reply> delete(String path) {
        return ask(patience -> request(path, patience).DELETE().build(), impatience());
    }

    CompletableFuture<Reply> get(String path) {
        return ask(patience -> request(path, patience).GET().build(), impatience());
    }

    /** Invokes a function as its schedule would; how that ends is its own affair. */
    void tick(String function) {
        HttpRequest request = request("/2015-03-31/functions/" + function + "/invocations", PATIENCE)
                .POST(BodyPublishers.ofString(SCHEDULED))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.discarding());
    }

    int repeats() {
        return repeats.get();
    }

    private CompletableFuture<Reply> ask(Function<Duration, HttpRequest> request, Duration patience) {
        CompletableFuture<Reply> definite = new CompletableFuture<>();
        ask(request, patience, PAUSE, definite);
        return definite;
    }

    /** @param pause before the next try; longer each time, for whoever cannot answer has enough to do */
    private void ask(
            Function<Duration, HttpRequest> request,
            Duration patience,
            Duration pause,
            CompletableFuture<Reply> definite) {
        var unused = http.sendAsync(request.apply(patience), BodyHandlers.ofString())
                .whenComplete((answer, failure) -> {
                    if (isDefinite(answer)) {
                        definite.complete(reply(answer));
                    } else {
                        repeats.incrementAndGet();
                        Duration longer = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                                ? pause.multipliedBy(2)
                                : LONGEST_PAUSE;
                        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                                .execute(() -> ask(request, PATIENCE, longer, definite));
                    }
                });
    }

    private static boolean isDefinite(@Nullable HttpResponse<String> answer) {
        return answer != null && answer.statusCode() < 500;
    }

    private Duration impatience() {
        synchronized (random) {
            return storm.rages() && random.nextDouble() < IMPATIENT
                    ? Duration.ofMillis(1 + random.nextInt(40))
                    : PATIENCE;
        }
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience)
                .header("Authorization", "Bearer " + accessKey);
    }

    private static Reply reply(HttpResponse<String> answer) {
        try {
            String body = answer.body().isEmpty() ? "{}" : answer.body();
            return new Reply(answer.statusCode(), JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON in an answer: " + answer.body(), e);
        }
    }

    private static String json(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
