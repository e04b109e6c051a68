package io.ringback.local.scene;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver of callbacks that says of some events that it is gone, and takes the others. */
final class GoneReceiver implements AutoCloseable {
    private static final int MAX_BODY = 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Delivery> refused = new ArrayList<>();
    private final List<Delivery> taken = new ArrayList<>();
    private int refusals;

    /** A request as it came. */
    record Delivery(String webhookId, String body) {
        String state() throws IOException {
            return Json.mapper()
                    .readTree(body)
                    .at("/0/data/callConnectionState")
                    .asText();
        }
    }

    private GoneReceiver(HttpServer server) {
        this.server = server;
    }

    static GoneReceiver start() throws IOException {
        GoneReceiver receiver =
                new GoneReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        receiver.server.setExecutor(receiver.threads);
        receiver.server.createContext("/", receiver::take);
        receiver.server.start();
        return receiver;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/application?secret=1");
    }

    /** Answers the next so many requests 410. */
    synchronized void refuse(int count) {
        refusals = count;
    }

    synchronized List<Delivery> refused() {
        return List.copyOf(refused);
    }

    synchronized List<Delivery> taken() {
        return List.copyOf(taken);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
            Delivery delivery = new Delivery(exchange.getRequestHeaders().getFirst("webhook-id"), body);
            boolean takes = takes(delivery);
            exchange.sendResponseHeaders(takes ? 204 : 410, -1);
        }
    }

    private synchronized boolean takes(Delivery delivery) {
        boolean takes = refusals == 0;
        refusals -= takes ? 0 : 1;
        (takes ? taken : refused).add(delivery);
        return takes;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
