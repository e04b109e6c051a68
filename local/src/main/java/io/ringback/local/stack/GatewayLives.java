package io.ringback.local.stack;

import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.core.port.Gateways;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The media gateway of a stack, one life after another on the same data and the same ports. */
final class GatewayLives implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final boolean split;
    private final Map<String, String> variables;
    private final Emulators emulators;
    private final Gateways directory;
    private volatile GatewayHost host;

    private GatewayLives(boolean split, Map<String, String> variables, Emulators emulators, Gateways directory)
            throws IOException {
        this.split = split;
        this.variables = variables;
        this.emulators = emulators;
        this.directory = directory;
        this.host = start();
    }

    /** Starts the first one. */
    static GatewayLives start(
            StackOptions options, DataFolder data, Deployment deployment, Emulators emulators, int phonesPort)
            throws IOException {
        Files.createDirectories(data.recordings());
        Files.createDirectories(data.gateway());
        return new GatewayLives(
                options.split(),
                GatewayVariables.of(options, data, deployment, phonesPort),
                emulators,
                new DynamoGateways(emulators.dynamoDb(), deployment.setting("RINGBACK_TABLE")));
    }

    /** The present one. */
    GatewayHost now() {
        return host;
    }

    /** Ends the present one, if it still lives, and starts the next. */
    void next() throws IOException {
        host.close();
        host = start();
    }

    /** Returns when the gateway has announced itself: from then on calls are placed. */
    private GatewayHost start() throws IOException {
        Instant start = Instant.now();
        GatewayHost gateway =
                split ? GatewayProcess.start(variables, emulators) : GatewayInside.start(variables, emulators);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (directory.all().stream().noneMatch(row -> row.heartbeatAt().isAfter(start))) {
            if (System.nanoTime() > deadline || !gateway.isAlive()) {
                gateway.close();
                throw new IOException("The media gateway did not start");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return gateway;
    }

    @Override
    public void close() {
        host.close();
    }
}
