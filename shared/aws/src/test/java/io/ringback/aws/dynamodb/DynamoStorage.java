package io.ringback.aws.dynamodb;

import io.ringback.aws.RandomIds;
import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.contract.Storage;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Subscriptions;
import io.ringback.core.port.Timelines;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All storage ports in one table. */
final class DynamoStorage implements Storage {
    private final DynamoDbClient client;
    private final String table;
    private final DynamoCallStore calls;
    private final DynamoOutbox outbox;
    private final DynamoGateways gateways;
    private final DynamoCallLog log;
    private final DynamoTimelines timelines;
    private final DynamoDeadLetters deadLetters;
    private final DynamoSubscriptions subscriptions;
    private final DynamoIdentities identities;
    private final DynamoRegistrations registrations;
    private final DynamoFirstAnswers firstAnswers;
    private final DynamoCircuits circuits;
    private final List<Map<String, AttributeValue>> hidden = new ArrayList<>();

    DynamoStorage(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        calls = new DynamoCallStore(client, table, new PlainEncoder(), new RandomIds(), clock);
        outbox = new DynamoOutbox(client, table, new RandomIds(), clock);
        gateways = new DynamoGateways(client, table);
        log = new DynamoCallLog(client, table, clock);
        timelines = new DynamoTimelines(client, table, clock);
        deadLetters = new DynamoDeadLetters(client, table, new RandomIds(), clock);
        subscriptions = new DynamoSubscriptions(client, table);
        identities = new DynamoIdentities(client, table);
        registrations = new DynamoRegistrations(client, table, clock);
        firstAnswers = new DynamoFirstAnswers(client, table);
        circuits = new DynamoCircuits(client, table, clock);
    }

    @Override
    public CallStore calls() {
        return calls;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Gateways gateways() {
        return gateways;
    }

    @Override
    public CallLog log() {
        return log;
    }

    @Override
    public Timelines timelines() {
        return timelines;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public Identities identities() {
        return identities;
    }

    @Override
    public Registrations registrations() {
        return registrations;
    }

    @Override
    public DynamoFirstAnswers firstAnswers() {
        return firstAnswers;
    }

    @Override
    public DynamoCircuits circuits() {
        return circuits;
    }

    @Override
    public void hide(StreamRef stream, long firstSequence) {
        Map<String, AttributeValue> key = OutboxRow.key(stream, firstSequence);
        hidden.add(item(key));
        client.deleteItem(delete -> delete.tableName(table).key(key));
    }

    @Override
    public void revealAll() {
        hidden.forEach(item -> client.putItem(put -> put.tableName(table).item(item)));
        hidden.clear();
    }

    /** The bare item; empty when there is none. */
    Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return client.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }
}
