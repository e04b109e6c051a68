package io.ringback.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Notes what it receives and when, and answers at once, or when it is let. */
final class NotingReceiver implements AutoCloseable {
    static {
        FifoQueueServer.answerAtOnce();
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new ArrayList<>();
    private final CountDownLatch mayAnswer;
    private int failures;

    /**
     * One request.
     *
     * @param event its id
     * @param nanos when it came, by {@link System#nanoTime()}
     */
    record Received(String event, long nanos) {}

    /** @param failures so many first requests are answered 500, all others 204 */
    NotingReceiver(int failures) throws IOException {
        this(failures, new CountDownLatch(0));
    }

    /** @param mayAnswer until when it keeps everybody waiting */
    NotingReceiver(int failures, CountDownLatch mayAnswer) throws IOException {
        this.failures = failures;
        this.mayAnswer = mayAnswer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/callbacks");
    }

    /** In the order of their coming. */
    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    /** Their ids. */
    List<String> events() {
        return received().stream().map(Received::event).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean fails = note(body);
            mayAnswer.await();
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean note(String body) {
        received.add(new Received(body.replaceAll(".*\"event\":\"([^\"]+)\".*", "$1"), System.nanoTime()));
        return failures-- > 0;
    }
}
