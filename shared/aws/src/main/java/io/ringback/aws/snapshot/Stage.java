package io.ringback.aws.snapshot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringback.aws.environment.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Surroundings in which nothing is real but the settings: on loopback, all services at once, which have no item and no
 * message and take whatever they are given.
 */
public final class Stage implements Surroundings, AutoCloseable {
    /** Opens nothing but the stage. */
    public static final String ACCESS_KEY = "cmVoZWFyc2Fs";

    /** Read as access keys, and as a token. */
    private static final String SECRET = "{\"accessKeys\":[\"" + ACCESS_KEY + "\"]}";

    private static final String ACTION = "X-Amz-Target";
    private static final Map<String, String> ANSWERS = Map.of(
            "Query", "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}",
            "SendMessageBatch", "{\"Successful\":[],\"Failed\":[]}",
            "ChangeMessageVisibilityBatch", "{\"Successful\":[],\"Failed\":[]}");

    private final Surroundings real;
    private final HttpServer services;
    private final List<String> requests = new ArrayList<>();

    private Stage(Surroundings real, HttpServer services) {
        this.real = real;
        this.services = services;
    }

    static Stage open(Surroundings real) throws IOException {
        Stage stage = new Stage(real, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        stage.services.createContext("/", stage::answer);
        stage.services.start();
        return stage;
    }

    /** Where everything is that has an address: the services of AWS, and a media gateway. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + services.getAddress().getPort());
    }

    @Override
    public String setting(String name) {
        return real.setting(name);
    }

    @Override
    public Optional<String> optionalSetting(String name) {
        return real.optionalSetting(name);
    }

    @Override
    public String secret(String settingName) {
        return SECRET;
    }

    @Override
    public InstantSource clock() {
        return real.clock();
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {
        builder.endpointOverride(address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("stage", "stage")));
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        services.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst(ACTION);
            String action =
                    target == null ? exchange.getRequestURI().getPath() : target.substring(target.indexOf('.') + 1);
            requests.add(action);
            byte[] body = ANSWERS.getOrDefault(action, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
