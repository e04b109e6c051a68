package io.ringback.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringback.core.media.MediaCommand;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway that accepts every command and an application that accepts every event. */
final class FarSide implements AutoCloseable {
    private final HttpServer server;
    private final List<MediaCommand> commands = new CopyOnWriteArrayList<>();

    FarSide() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/calls/", exchange -> {
            commands.add(GatewayProtocol.decodeCommand(
                            new String(exchange.getRequestBody().readAllBytes(), UTF_8))
                    .command());
            answer(exchange, "{\"status\":\"accepted\"}");
        });
        server.createContext("/health", exchange -> answer(exchange, "{}"));
        server.createContext("/callbacks", exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, "");
        });
        server.start();
    }

    URI control() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String callbackUri() {
        return control() + "/callbacks";
    }

    /** The last command of this kind. */
    <T extends MediaCommand> T last(Class<T> kind) {
        return commands.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
