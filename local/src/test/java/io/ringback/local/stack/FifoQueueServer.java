package io.ringback.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One FIFO queue behind the JSON protocol of SQS, for what ElasticMQ is too slow for: there a receive takes longer with
 * each group of which a message is out, 30 to 400 ms with 500 of them.
 */
final class FifoQueueServer implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "AmazonSQS.";

    static {
        answerAtOnce();
    }

    private final FifoQueue queue;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    FifoQueueServer(Duration visibilityTimeout) throws IOException {
        queue = new FifoQueue(visibilityTimeout);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Before the first server is made: else an answer's body waits 40 ms for the acknowledgement of its head. */
    static void answerAtOnce() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            String operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").substring(TARGET.length());
            byte[] answer = answer(operation, request).toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closed");
        }
    }

    private ObjectNode answer(String operation, JsonNode request) throws InterruptedException {
        if (operation.equals("ReceiveMessage")) {
            return receive(request);
        } else if (operation.equals("SendMessageBatch")) {
            return each(request, entry -> queue.send(text(entry, "MessageGroupId"), text(entry, "MessageBody")));
        } else if (operation.equals("DeleteMessageBatch")) {
            return each(request, entry -> queue.delete(text(entry, "ReceiptHandle")));
        } else if (operation.equals("ChangeMessageVisibilityBatch")) {
            return each(
                    request,
                    entry -> queue.hide(
                            text(entry, "ReceiptHandle"),
                            Duration.ofSeconds(entry.path("VisibilityTimeout").asInt())));
        }
        throw new IllegalArgumentException(operation);
    }

    private ObjectNode receive(JsonNode request) throws InterruptedException {
        ObjectNode answer = JSON.createObjectNode();
        Duration wait = Duration.ofSeconds(request.path("WaitTimeSeconds").asInt(0));
        for (FifoQueue.Message message :
                queue.receive(request.path("MaxNumberOfMessages").asInt(1), wait)) {
            answer.withArray("Messages")
                    .addObject()
                    .put("MessageId", message.receiptHandle())
                    .put("ReceiptHandle", message.receiptHandle())
                    .put("Body", message.body())
                    .put("MD5OfBody", md5(message.body()))
                    .putObject("Attributes")
                    .put("ApproximateReceiveCount", Integer.toString(message.receives()));
        }
        return answer;
    }

    private static ObjectNode each(JsonNode request, Consumer<JsonNode> change) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("Failed");
        for (JsonNode entry : request.path("Entries")) {
            change.accept(entry);
            answer.withArray("Successful")
                    .addObject()
                    .put("Id", text(entry, "Id"))
                    .put("MessageId", text(entry, "Id"))
                    .put("MD5OfMessageBody", md5(text(entry, "MessageBody")));
        }
        return answer;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
