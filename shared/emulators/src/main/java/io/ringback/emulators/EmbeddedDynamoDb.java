package io.ringback.emulators;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB Local on a loopback port. One database for all credentials and regions.
 *
 * <p>It is mounted on an HTTP server of ours rather than started by its own main class: that one listens on every
 * interface, does not tell its port, and reports its use over the internet. The SQLite library for Linux, macOS and
 * Windows is in the jar; DynamoDB Local unpacks it into {@code java.io.tmpdir} by itself.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
    /** Clients are few and local; the rest of Jetty's 200 threads would only cost start time. */
    private static final int THREADS = 16;

    private final Server server;
    private final LocalDynamoDBServerHandler handler;
    private final int port;

    private EmbeddedDynamoDb(int port, @Nullable Path directory) {
        LocalDynamoDBRequestHandler requests = new LocalDynamoDBRequestHandler(
                0, directory == null, directory == null ? null : directory.toString(), true, false);
        handler = new LocalDynamoDBServerHandler(requests, null);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("dynamodb-local");
        threads.setDaemon(true);
        server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception e) {
            handler.close();
            throw new IllegalStateException("DynamoDB Local cannot listen on port " + port, e);
        }
        this.port = connector.getLocalPort();
    }

    /** In memory, on a free port. */
    public static EmbeddedDynamoDb inMemory() {
        return new EmbeddedDynamoDb(0, null);
    }

    /**
     * Kept in a directory, which is made when absent; a later instance finds the tables again.
     *
     * @param port 0 for a free one
     */
    public static EmbeddedDynamoDb inDirectory(Path directory, int port) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EmbeddedDynamoDb(port, directory);
    }

    public int port() {
        return port;
    }

    /** What an SDK client takes as its endpoint. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        } finally {
            handler.close();
        }
    }
}
