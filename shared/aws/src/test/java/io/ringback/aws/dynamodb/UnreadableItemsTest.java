package io.ringback.aws.dynamodb;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.SharedAws;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.decision.Effect;
import io.ringback.core.directory.Subscription;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that are broken, or that a newer version wrote, among others that are neither. */
@ExtendWith(SharedAws.class)
class UnreadableItemsTest {
    private static final String CALL = "call0000000000000001";

    private final FakeClock clock = FakeClock.atNoon();
    private String table;
    private DynamoDbClient client;
    private DynamoStorage storage;

    @BeforeEach
    void open(EmulatedAws aws) {
        table = aws.createTable();
        client = aws.dynamoDb();
        storage = new DynamoStorage(client, table, clock);
    }

    @Test
    void whatIsDueBesideThemIsFound() {
        ServerCall call = CallSamples.fresh(CALL, clock.instant());
        List<Effect> effects = List.of(CallSamples.event(CALLBACK, 1, clock.instant()));
        storage.calls().commit(CallSamples.commit(call, effects, clock.instant()));
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            due("NOVELTY#" + shard, shard);
            due("OUT#" + shard, shard);
        }
        clock.advance(Duration.ofSeconds(31));

        assertThat(IntStream.range(0, Outbox.DUE_SHARDS)
                        .boxed()
                        .flatMap(shard -> storage.outbox().due(shard, clock.instant(), 10).stream()))
                .containsExactly(new StreamRef(CALL, CALLBACKS));
    }

    @Test
    void gatewaysBesideThemAreFound() {
        put(GatewayRow.key("a-newer-one"));
        GatewayRef life = new GatewayRef("gw-1", "01KJPQ4Y000000000000000000");
        storage.gateways()
                .heartbeat(new Gateway(life, URI.create("http://10.0.0.1"), 0, 10, false, false, clock.instant()));

        assertThat(storage.gateways().all()).extracting(Gateway::ref).containsExactly(life);
    }

    @Test
    void subscriptionsBesideThemAreFound() {
        put(SubscriptionRow.key("a-newer-one"));
        Subscription known =
                new Subscription("known", CALLBACK, Set.of(Announcement.CALL_STARTED), List.of(), clock.instant());
        storage.subscriptions().add(known);

        assertThat(storage.subscriptions().all()).containsExactly(known);
    }

    /** Something that has been due for longer than anything else. */
    private void due(String partition, int shard) {
        put(new ItemWriter()
                .text(TableSchema.PARTITION_KEY, partition)
                .text(TableSchema.SORT_KEY, "1")
                .text(TableSchema.DUE_SHARD, OutboxRow.dueShard(shard))
                .instant(TableSchema.DUE_AT, clock.instant().minusSeconds(60))
                .item());
    }

    private void put(Map<String, AttributeValue> item) {
        client.putItem(put -> put.tableName(table).item(item));
    }
}
