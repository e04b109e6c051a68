package io.ringback.local.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint that takes events in the Event Grid envelope, and answers the question whether it wants them. */
final class EventGridReceiver implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent";

    private final HttpServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    /** What was sent. */
    record Delivery(String contentType, String body) {
        JsonNode event() throws IOException {
            return MAPPER.readTree(body).path(0);
        }
    }

    EventGridReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/grid");
    }

    /** Everything but the question, in order of arrival. */
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
            Delivery delivery = new Delivery(
                    contentType, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            JsonNode event = delivery.event();
            if (event.path("eventType").asText().equals(VALIDATION)) {
                byte[] answer = MAPPER.writeValueAsBytes(Map.of(
                        "validationResponse", event.at("/data/validationCode").asText()));
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                return;
            }
            deliveries.add(delivery);
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
