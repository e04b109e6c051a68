package io.ringback.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringback.local.chaos.Arrival.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A customer's server that answers 500, hangs, closes the connection or comes late, now and again. */
final class MoodyReceiver implements AutoCloseable {
    private static final double REFUSES = 0.05;
    private static final double CLOSES = 0.03;
    private static final double HANGS = 0.003;
    private static final double LATE = 0.08;
    private static final Duration LATEST = Duration.ofSeconds(3);

    /** Longer than anybody waits for an answer. */
    private static final Duration HANGING = Duration.ofSeconds(12);

    private static final String TYPE_PREFIX = "Microsoft.Communication.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storm storm;
    private final Random random;
    private final ReceiverLog log;
    private final Consumer<Arrival> application;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param application hears of every event that was taken, as often as it is */
    MoodyReceiver(Storm storm, Random random, ReceiverLog log, Consumer<Arrival> application) throws IOException {
        this.storm = storm;
        this.random = random;
        this.log = log;
        this.application = application;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        long arrived = System.nanoTime();
        try (exchange) {
            JsonNode event =
                    JSON.readTree(exchange.getRequestBody().readAllBytes()).path(0);
            Answer answer = mood();
            Arrival arrival = arrival(exchange, event, arrived, answer);
            log.add(arrival);
            if (answer == Answer.TAKEN) {
                application.accept(arrival);
                exchange.sendResponseHeaders(204, -1);
            } else if (answer == Answer.REFUSED) {
                exchange.sendResponseHeaders(500, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes its time, too. */
    private Answer mood() throws InterruptedException {
        double mood;
        long pause;
        synchronized (this) {
            mood = storm.rages() ? random.nextDouble() : 1;
            pause = random.nextInt((int) LATEST.toMillis());
        }
        if (mood < REFUSES) {
            return Answer.REFUSED;
        }
        if (mood < REFUSES + CLOSES) {
            return Answer.CLOSED;
        }
        if (mood < REFUSES + CLOSES + HANGS) {
            return closing.await(HANGING.toMillis(), TimeUnit.MILLISECONDS) ? Answer.CLOSED : Answer.HUNG;
        }
        if (mood < REFUSES + CLOSES + HANGS + LATE && closing.await(pause, TimeUnit.MILLISECONDS)) {
            return Answer.CLOSED;
        }
        return Answer.TAKEN;
    }

    private static Arrival arrival(HttpExchange exchange, JsonNode event, long arrived, Answer answer) {
        String id = event.path("id").asText();
        String header = exchange.getRequestHeaders().getFirst("webhook-id");
        return new Arrival(
                exchange.getRequestURI().getPath() + " "
                        + event.path("partitionkey").asText(),
                event.path("sequence").asLong(),
                header == null ? id : header,
                event.path("type").asText().replace(TYPE_PREFIX, ""),
                event.path("data"),
                arrived,
                System.nanoTime(),
                answer);
    }
}
