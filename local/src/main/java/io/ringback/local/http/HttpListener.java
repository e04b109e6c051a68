package io.ringback.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket of the API. */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    static {
        // Without it, the server's answers wait up to 40 ms for the acknowledgement of the packet before.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;

    private HttpListener(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port; requests wait until {@link #serve}.
     *
     * @param address with port 0 for a free one
     */
    public static HttpListener http(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create();
        bind(server, address);
        return new HttpListener(server);
    }

    /** The same with TLS. */
    public static HttpListener https(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create();
        bind(server, address);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new HttpListener(server);
    }

    private static void bind(HttpServer server, InetSocketAddress address) throws IOException {
        try {
            server.bind(address, 0);
        } catch (BindException e) {
            throw new IOException("cannot listen on " + address.getHostString() + ":" + address.getPort(), e);
        }
    }

    /** Starts answering. */
    public void serve(HttpApi api, InvokeApi invocations, ExecutorService threads) {
        server.setExecutor(threads);
        server.createContext(InvokeApi.PATH, invocations);
        server.createContext("/", exchange -> answer(api, exchange));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpApi api, HttpExchange exchange) throws IOException {
        try (exchange) {
            ApiResponse response = api.handle(request(exchange));
            response.headers().forEach(header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue()));
            boolean bodiless = exchange.getRequestMethod().equals("HEAD")
                    || response.body().size() == 0;
            exchange.sendResponseHeaders(
                    response.status(), bodiless ? -1 : response.body().size());
            if (!bodiless) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(response.body().bytes());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("{} {} was not answered", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        }
    }

    private static ApiRequest request(HttpExchange exchange) throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new ApiRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getProtocol(),
                exchange instanceof HttpsExchange ? "https" : "http",
                exchange.getLocalAddress().getPort(),
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                headers,
                new Body(exchange.getRequestBody().readNBytes(HttpApi.MAX_BODY + 1)));
    }
}
