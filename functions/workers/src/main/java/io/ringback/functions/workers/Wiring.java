package io.ringback.functions.workers;

import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoCircuits;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoOutbox;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.snapshot.Rehearsal;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.Subscriptions;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.CallContexts;
import io.ringback.wire.access.LiveKeys;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.outbound.WebhookSecrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Builds what a worker needs from its surroundings; a setting that is missing fails here, in the constructor. */
final class Wiring {
    private static final long CONFLICT_PAUSE_NANOS = 20_000_000;

    private static final String ACCESS_KEYS = "RINGBACK_ACCESS_KEYS_SECRET";
    private static final String WEBHOOK_SECRETS = "RINGBACK_WEBHOOK_SECRETS_SECRET";

    private final Surroundings surroundings;
    private final String table;
    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;
    private final Ids ids = new RandomIds();

    Wiring(Class<?> function) {
        this(Surroundings.of(function));
    }

    private Wiring(Surroundings surroundings) {
        this.surroundings = surroundings;
        table = surroundings.setting("RINGBACK_TABLE");
        dynamoDb = AwsClients.dynamoDb(surroundings);
        sqs = AwsClients.sqs(surroundings);
    }

    /** The wiring of a function that somebody on the line waits for: rehearsed before a snapshot of it is taken. */
    static Wiring rehearsed(Class<?> function, RehearsedMessage message) {
        Surroundings surroundings = Surroundings.of(function);
        Rehearsal.beforeSnapshots(surroundings, stage -> message.play(new Wiring(stage), stage.address()));
        return new Wiring(surroundings);
    }

    Ids ids() {
        return ids;
    }

    InstantSource clock() {
        return surroundings.clock();
    }

    String setting(String name) {
        return surroundings.setting(name);
    }

    Outbox outbox() {
        return new DynamoOutbox(dynamoDb, table, ids, clock());
    }

    CircuitBreaker circuitBreaker() {
        return new CircuitBreaker(
                new DynamoCircuits(dynamoDb, table, clock()),
                () -> ThreadLocalRandom.current().nextDouble(),
                clock());
    }

    Gateways gateways() {
        return new DynamoGateways(dynamoDb, table);
    }

    /** Pokes of both queues: a commit may have effects for both. */
    Pokes pokes() {
        return new SqsPokes(sqs, setting("RINGBACK_MEDIA_COMMANDS_QUEUE"), setting("RINGBACK_CALLBACKS_QUEUE"), ids);
    }

    /** Pokes of the callbacks queue, for whoever knows no other. */
    Pokes callbackPokes() {
        String callbacks = setting("RINGBACK_CALLBACKS_QUEUE");
        return new SqsPokes(sqs, callbacks, callbacks, ids);
    }

    Inbox inbox(String queueSetting) {
        return new SqsInbox(sqs, setting(queueSetting));
    }

    Visibility visibility(String queueSetting) {
        return inbox(queueSetting);
    }

    GatewayControl gatewayControl() {
        return new HttpGatewayControl(ControlToken.of(surroundings));
    }

    /** Signs callbacks with the secrets that are live when it is asked for. */
    Supplier<WebhookSigner> webhookSigner() {
        setting(WEBHOOK_SECRETS);
        return () -> WebhookSecrets.signer(surroundings.secret(WEBHOOK_SECRETS));
    }

    Subscriptions subscriptions() {
        return new DynamoSubscriptions(dynamoDb, table);
    }

    /** Calls, for those that announce neither a finished recording nor a caller. */
    CallStore calls() {
        return calls(new WireEffectEncoder());
    }

    /** Calls, for whoever announces finished recordings and callers about whom applications decide. */
    CallStore callsThatAnnounceAll() {
        setting(ACCESS_KEYS);
        CallContexts contexts = new CallContexts(
                new LiveKeys(
                        () -> AccessKeys.parse(surroundings.secret(ACCESS_KEYS)),
                        () -> AccessKeys.parse(surroundings.freshSecret(ACCESS_KEYS))),
                clock());
        return calls(new WireEffectEncoder(URI.create(setting("RINGBACK_PUBLIC_URL")), contexts::context));
    }

    CallProcessor processor(CallStore calls) {
        return new CallProcessor(calls, pokes(), ids, clock(), Wiring::pause);
    }

    private CallStore calls(EffectEncoder encoder) {
        return new DynamoCallStore(dynamoDb, table, encoder, ids, clock());
    }

    /** Longer with each conflict, and at random, so that two who met do not meet again. */
    private static void pause(int conflicts) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(CONFLICT_PAUSE_NANOS * conflicts));
    }
}
