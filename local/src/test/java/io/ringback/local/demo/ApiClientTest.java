package io.ringback.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.ringback.local.http.Tls;
import io.ringback.local.stack.ReadyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo's requests look like. */
class ApiClientTest {
    private final List<Map<String, List<String>>> asked = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void eachPostNamesItself() throws Exception {
        Tls tls = Tls.in(folder, List.of("127.0.0.1"), Clock.systemUTC());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/", this::answer);
        server.start();
        try {
            String address = "https://127.0.0.1:" + server.getAddress().getPort();
            ApiClient api = new ApiClient(new ReadyFile(
                    address, address, "", "", "key", "", tls.authorityFile().toString(), 0, 0));
            api.post("/one", Map.of(), 200);
            api.post("/two", Map.of(), 200);
        } finally {
            server.stop(0);
        }

        assertThat(asked)
                .hasSize(2)
                .extracting(headers -> UUID.fromString(only(headers, "Repeatability-request-id")))
                .doesNotHaveDuplicates();
        Instant now = Instant.now();
        assertThat(asked)
                .allSatisfy(headers -> assertThat(Instant.from(
                                DateTimeFormatter.RFC_1123_DATE_TIME.parse(only(headers, "Repeatability-first-sent"))))
                        .isBetween(now.minus(Duration.ofMinutes(2)), now));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(Map.copyOf(exchange.getRequestHeaders()));
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String only(Map<String, List<String>> headers, String name) {
        return Objects.requireNonNull(headers.get(name), name).get(0);
    }
}
