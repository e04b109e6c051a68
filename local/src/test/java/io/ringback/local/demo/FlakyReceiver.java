package io.ringback.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A receiver of callbacks that takes its time, or refuses for a while. */
public final class FlakyReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> taken = new ArrayList<>();
    private final Duration delay;
    private final CountDownLatch closing = new CountDownLatch(1);
    private int refusals;

    /**
     * Starts on a free port.
     *
     * @param refusals this many first requests are answered 503
     * @param delay before each answer of 200
     */
    public FlakyReceiver(int refusals, Duration delay) throws IOException {
        this.refusals = refusals;
        this.delay = delay;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** Bodies that were taken, in order. */
    public synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    /** How many requests are still to be refused. */
    public synchronized int refusalsLeft() {
        return refusals;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refused = refuse();
            if (!refused) {
                boolean closed = closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
                synchronized (this) {
                    taken.add(closed ? "" : body);
                }
            }
            exchange.sendResponseHeaders(refused ? 503 : 200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean refuse() {
        if (refusals == 0) {
            return false;
        }
        refusals--;
        return true;
    }
}
