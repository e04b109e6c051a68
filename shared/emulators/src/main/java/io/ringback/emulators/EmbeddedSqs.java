package io.ringback.emulators;

import java.net.URI;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ on a loopback port, in memory. Queues are created by its users, with an ordinary SQS client and any
 * attributes of a queue ({@code FifoQueue}, {@code VisibilityTimeout}, {@code RedrivePolicy}, …).
 */
public final class EmbeddedSqs implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final SQSRestServer server;
    private final int port;

    private EmbeddedSqs(int port) {
        var builder = SQSRestServerBuilder.withInterface(HOST);
        server = (port == 0
                        ? builder.withDynamicPort()
                        : builder.withPort(port).withServerAddress(new NodeAddress("http", HOST, port, "")))
                .start();
        this.port = server.waitUntilStarted().localAddress().getPort();
    }

    /** On a free port. */
    public static EmbeddedSqs start() {
        return new EmbeddedSqs(0);
    }

    /** @param port 0 for a free one */
    public static EmbeddedSqs start(int port) {
        return new EmbeddedSqs(port);
    }

    public int port() {
        return port;
    }

    /** What an SDK client takes as its endpoint. */
    public URI endpoint() {
        return URI.create("http://" + HOST + ":" + port);
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
