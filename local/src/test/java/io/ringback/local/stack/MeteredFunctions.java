package io.ringback.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.aws.RandomIds;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.aws.emulated.RequestMeter;
import io.ringback.aws.emulated.Usage;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.call.Callback;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.StreamRef;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.local.http.HttpListener;
import io.ringback.local.http.InvokeApi;
import io.ringback.local.runtime.Cloud;
import io.ringback.local.template.LocalNames;
import io.ringback.local.template.Template;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The functions of the template with nothing that triggers them, and a meter on their requests: the test is the poller,
 * the schedule and the gateway, so that the same things happen each time.
 */
final class MeteredFunctions implements AutoCloseable {
    static final GatewayRef GATEWAY = new GatewayRef("gateway-1", "01KA8ZJ1W00000000000000000");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Parts parts = new Parts();
    private final Emulators emulators;
    private final LocalNames names;
    private final Template template;
    private final RequestMeter meter;
    private final String accessKey;
    private final Cloud cloud;
    private final Map<String, String> settings;
    private final ExecutorService threads;
    private URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    MeteredFunctions(Path data, Path templateFile) throws IOException {
        emulators = parts.add(Emulators.start(EmbeddedDynamoDb::inMemory));
        names = emulators.names();
        template = Template.read(templateFile, Map.of("Outbound", "local", "DialPrefixes", "+"), names);
        new Provisioning(emulators.dynamoDb(), emulators.sqs()).provide(template);
        String table = template.tables().get(0).name();
        meter = new RequestMeter(emulators.dynamoDb(), table);
        Secrets secrets = Secrets.in(data.resolve("secrets.json"), template.secrets());
        cloud = emulators.cloud(secrets, access -> {}, function -> List.of(meter));
        settings = Map.of(
                "RINGBACK_RECORDINGS",
                data.resolve("recordings").toUri().toString(),
                "RINGBACK_PUBLIC_URL",
                "https://ringback.example");
        threads = parts.threads();
        accessKey = new Deployment(template, secrets).accessKeys().get(0);
        address = start();
    }

    /** New instances of all functions, which know nothing yet: else the time between two steps would count. */
    void restart() throws IOException {
        address = start();
    }

    private URI start() throws IOException {
        HttpListener listener =
                parts.add(HttpListener.http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        FunctionFleet fleet = parts.add(new FunctionFleet(template, settings, cloud, InstantSource.system(), threads));
        listener.serve(fleet.api(WireRecord::note), fleet.invokeApi(() -> List.of(accessKey)), threads);
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    @Override
    public void close() {
        parts.close();
    }

    /** What the functions used since the last time. */
    Usage take() {
        return meter.take();
    }

    /** A gateway at this address reports; not metered. */
    void announce(URI control) {
        Gateway gateway = new Gateway(
                GATEWAY, control, 0, 100, false, false, InstantSource.system().instant());
        assertThat(new DynamoGateways(
                                emulators.dynamoDb(), template.tables().get(0).name())
                        .heartbeat(gateway))
                .isTrue();
    }

    /** Somebody wants to decide about every caller; not metered. */
    void subscribe(String endpoint) {
        new DynamoSubscriptions(emulators.dynamoDb(), template.tables().get(0).name())
                .add(new Subscription(
                        "subscription-1",
                        new Callback(URI.create(endpoint), "2021-06-15-preview"),
                        Set.of(Announcement.INCOMING_CALL),
                        List.of(),
                        InstantSource.system().instant()));
    }

    /** One request to the API, which has to succeed. */
    JsonNode call(String method, String path, String body) throws Exception {
        return call(request(path, body).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** One POST that names itself, so that it may come again. */
    JsonNode call(String path, String body, UUID id) throws Exception {
        String now =
                DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(Instant.now());
        return call(request(path, body)
                .header("Repeatability-Request-ID", id.toString())
                .header("Repeatability-First-Sent", now));
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + accessKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private JsonNode call(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    /** Runs a function on a schedule's event. */
    void tick(String function) throws Exception {
        invoke(function, "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}");
    }

    /** Pokes the callback stream of a call as a late or doubled poke would; not metered. */
    void pokeCallbacksOf(String serverCallId, String callbackUri) {
        String url = queueOf("DeliverCallbackFunction");
        StreamRef stream = new StreamRef(serverCallId, Target.ofCallback(URI.create(callbackUri)));
        new SqsPokes(emulators.sqs(), url, url, new RandomIds()).poke(List.of(stream));
    }

    /** Hands the function of this queue all its messages, one at a time; the answer is how many. */
    int drain(String function) throws Exception {
        String url = queueOf(function);
        int handled = 0;
        while (true) {
            List<Message> messages = emulators
                    .sqs()
                    .receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(1))
                    .messages();
            if (messages.isEmpty()) {
                return handled;
            }
            Message message = messages.get(0);
            deliver(function, List.of(message.body()), message.receiptHandle());
            emulators.sqs().deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
            handled++;
        }
    }

    /** Hands these reports to the function that applies them, in one batch. */
    void report(MediaReport... reports) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (MediaReport report : reports) {
            bodies.add(GatewayProtocol.encode(report));
        }
        deliver("MediaEventsFunction", bodies, "none");
    }

    private void deliver(String function, List<String> bodies, String receiptHandle) throws Exception {
        ObjectNode event = JSON.createObjectNode();
        for (String body : bodies) {
            ObjectNode entry = event.withArray("Records").addObject();
            entry.put("messageId", "m" + event.path("Records").size());
            entry.put("receiptHandle", receiptHandle);
            entry.put("body", body);
            entry.putObject("attributes").put("ApproximateReceiveCount", "1");
            entry.put("eventSource", "aws:sqs");
        }
        assertThat(JSON.readTree(invoke(function, event.toString())).path("batchItemFailures"))
                .isEmpty();
    }

    private String invoke(String function, String event) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(address.resolve(InvokeApi.PATH + function + "/invocations"))
                        .header("Authorization", "Bearer " + accessKey)
                        .POST(HttpRequest.BodyPublishers.ofString(event, UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().firstValue("X-Amz-Function-Error"))
                .as(response.body())
                .isEmpty();
        return response.body();
    }

    private String queueOf(String function) {
        return names.queueUrl(template.function(function).queues().get(0).queueName());
    }
}
