package io.ringback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringback.webhooks.Verification;
import io.ringback.webhooks.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A customer's end of the callbacks: takes every event, keeps them in order of arrival. What does not come from its own
 * Ringback it refuses, once it knows the secret.
 */
public final class CallbackReceiver implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_BODY = 1024 * 1024;

    private final HttpServer server;
    private final Observer observer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ReceivedEvent> events = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private @Nullable WebhookVerifier verifier;

    private CallbackReceiver(HttpServer server, Observer observer) {
        this.server = server;
        this.observer = observer;
    }

    /** Hears of what arrives. */
    @FunctionalInterface
    public interface Observer {
        /** A body of this content type came. */
        void arrived(String contentType, String body);
    }

    /** On a free port of loopback. */
    public static CallbackReceiver start() throws IOException {
        return start((contentType, body) -> {});
    }

    /** The same; {@code observer} hears of every request before it counts. */
    public static CallbackReceiver start(Observer observer) throws IOException {
        CallbackReceiver receiver = new CallbackReceiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), observer);
        receiver.server.setExecutor(receiver.threads);
        receiver.server.createContext("/", receiver::take);
        receiver.server.start();
        return receiver;
    }

    /** From now on takes only what is signed with one of these. */
    public synchronized void expectSignatures(String... webhookSecrets) {
        verifier = new WebhookVerifier(List.of(webhookSecrets));
    }

    /** An address to give as a callback URI. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** All so far, in order of arrival. */
    public synchronized List<ReceivedEvent> events() {
        return List.copyOf(events);
    }

    /**
     * Waits for an event, arrived already or not.
     *
     * @param type after {@code Microsoft.Communication.}
     * @throws Expected when it does not come
     */
    public synchronized ReceivedEvent await(
            String type, Predicate<JsonNode> data, String description, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            for (ReceivedEvent event : events) {
                if (event.type().equals(type) && data.test(event.data())) {
                    return event;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw Expected.notFound(
                        type + " " + description + " within " + patience.toSeconds() + " s", describe());
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
            if (!isAuthentic(exchange.getRequestHeaders(), body)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            observer.arrived(contentType == null ? "" : contentType, new String(body, StandardCharsets.UTF_8));
            JsonNode batch = MAPPER.readTree(body);
            String path = exchange.getRequestURI().toString();
            synchronized (this) {
                batch.forEach(event -> events.add(new ReceivedEvent(Instant.now(), path, event)));
                notifyAll();
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private synchronized boolean isAuthentic(Headers headers, byte[] body) {
        if (verifier != null && verifier.verify(headers::getFirst, body) instanceof Verification.Refused refused) {
            refusals.add(refused.message());
            return false;
        }
        return true;
    }

    private String describe() {
        if (!refusals.isEmpty()) {
            return "refused: " + refusals;
        }
        return events.isEmpty()
                ? "no event at all"
                : events.stream()
                        .map(event -> event.type() + event.data())
                        .toList()
                        .toString();
    }
}
