package io.ringback.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.aws.RandomIds;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoOutbox;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a stack has still to do: rows that are due, messages that nobody could read, reports that nobody has applied. */
public final class Leftovers {
    private static final Duration EVER = Duration.ofDays(365);
    private static final int STREAMS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalStack stack;
    private final HttpClient http = HttpClient.newHttpClient();

    public Leftovers(LocalStack stack) {
        this.stack = stack;
    }

    /** Streams with a row that is neither delivered nor dead. */
    public List<String> dueStreams() {
        Outbox outbox =
                new DynamoOutbox(stack.emulators().dynamoDb(), table(), new RandomIds(), InstantSource.system());
        List<String> due = new ArrayList<>();
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            for (StreamRef stream : outbox.due(shard, Instant.now().plus(EVER), STREAMS)) {
                due.add("due: " + stream.serverCallId() + " " + stream.target().key());
            }
        }
        return due;
    }

    /** Queues of dead letters that are not empty. */
    public List<String> deadMessages() {
        List<String> dead = new ArrayList<>();
        for (String url : stack.emulators().sqs().listQueues().queueUrls()) {
            if (url.contains("dead")) {
                int messages = Integer.parseInt(stack.emulators()
                        .sqs()
                        .getQueueAttributes(request -> request.queueUrl(url).attributeNamesWithStrings("All"))
                        .attributesAsStrings()
                        .getOrDefault("ApproximateNumberOfMessages", "0"));
                if (messages > 0) {
                    dead.add(messages + " dead messages in " + url);
                }
            }
        }
        return dead;
    }

    /** Reports that gateways keep because no call item shows them applied. */
    public List<String> unappliedReports(Collection<String> serverCallIds) throws IOException, InterruptedException {
        List<String> unapplied = new ArrayList<>();
        for (Gateway gateway : new DynamoGateways(stack.emulators().dynamoDb(), table()).all()) {
            for (String id : serverCallIds) {
                int events = GatewayProtocol.decodeEvents(ask(gateway, "/calls/" + id + "/events?after=0"))
                        .size();
                if (events > 0) {
                    unapplied.add(events + " reports of call " + id + " in the journal");
                }
            }
        }
        return unapplied;
    }

    /** Counters and gauges of the media gateway, by name. */
    public Map<String, Long> gauges() throws IOException, InterruptedException {
        Map<String, Long> gauges = new TreeMap<>();
        for (Gateway gateway : new DynamoGateways(stack.emulators().dynamoDb(), table()).all()) {
            JSON.readTree(ask(gateway, "/gauges"))
                    .properties()
                    .forEach(
                            gauge -> gauges.put(gauge.getKey(), gauge.getValue().asLong()));
        }
        return gauges;
    }

    private String ask(Gateway gateway, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(gateway.control() + path))
                        .header("Authorization", "Bearer " + stack.deployment().secret("RINGBACK_CONTROL_TOKEN_SECRET"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway answers " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private String table() {
        return stack.deployment().setting("RINGBACK_TABLE");
    }
}
