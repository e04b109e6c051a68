package io.ringback.functions.api;

import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallLog;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoDeadLetters;
import io.ringback.aws.dynamodb.DynamoFirstAnswers;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoIdentities;
import io.ringback.aws.dynamodb.DynamoRegistrations;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.aws.dynamodb.DynamoTimelines;
import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.files.RecordingStore;
import io.ringback.aws.snapshot.Rehearsal;
import io.ringback.aws.sqs.SqsPokes;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.RecordingFiles;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.Subscriptions;
import io.ringback.core.port.Timelines;
import io.ringback.functions.api.admission.DialPolicy;
import io.ringback.functions.api.admission.GatewayChoice;
import io.ringback.functions.api.admission.RecentSubscriptions;
import io.ringback.functions.api.content.ContentLinks;
import io.ringback.functions.api.content.LinkAuthentication;
import io.ringback.functions.api.directory.EndpointConsent;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.Authentication;
import io.ringback.functions.api.edge.KeyAuthentication;
import io.ringback.functions.api.edge.Repetitions;
import io.ringback.functions.api.edge.Slf4jRequestLog;
import io.ringback.wire.access.Access;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.CallContexts;
import io.ringback.wire.access.LiveKeys;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.outbound.OutboundPolicy;
import io.ringback.wire.outbound.WebhookSecrets;
import io.ringback.wire.repeat.AnswerSeal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a function is built from in a deployment; a setting that is missing fails here, in its constructor. */
final class Deployment {
    private static final String ACCESS_KEYS = "RINGBACK_ACCESS_KEYS_SECRET";
    private static final String WEBHOOK_SECRETS = "RINGBACK_WEBHOOK_SECRETS_SECRET";
    private static final long CONFLICT_PAUSE_NANOS = 20_000_000;

    private final Surroundings surroundings;
    private final String operation;
    private final InstantSource clock;
    private final Ids ids = new RandomIds();
    /** Cheap to make: it connects when it is first used. */
    private final DynamoDbClient dynamoDb;

    private @Nullable Pokes pokes;

    private Deployment(Surroundings surroundings, String operation) {
        this.surroundings = surroundings;
        this.operation = operation;
        this.clock = surroundings.clock();
        this.dynamoDb = AwsClients.dynamoDb(surroundings);
    }

    static Deployment of(Class<?> function) {
        return of(Surroundings.of(function), function);
    }

    static Deployment of(Surroundings surroundings, Class<?> function) {
        surroundings.setting(ACCESS_KEYS);
        return new Deployment(surroundings, operation(function));
    }

    /** The same, rehearsed before a snapshot of the function is taken: for those that somebody on the line waits for. */
    static Deployment rehearsed(Class<?> function, RehearsedRequest request) {
        Surroundings surroundings = Surroundings.of(function);
        Rehearsal.beforeSnapshots(surroundings, stage -> request.play(of(stage, function)));
        return of(surroundings, function);
    }

    /** The edge of a function that everybody may call and that needs nothing. */
    static ApiEdge openEdge(Class<?> function) {
        return new ApiEdge(
                operation(function),
                request -> new Access.Granted(Access.Scheme.NONE),
                new Slf4jRequestLog(),
                InstantSource.system());
    }

    /** The edge of an operation that may be repeated anyway. */
    ApiEdge edge() {
        return edge(keyAuthentication());
    }

    /** The edge of a POST that changes a call; repeated, it wakes again whom it woke. */
    ApiEdge edgeOfCalls() {
        return edgeOnce(pokes());
    }

    /** The edge of a POST to the directory, which wakes nobody. */
    ApiEdge edgeOfDirectory() {
        return edgeOnce(streams -> {});
    }

    /** The edge of a POST that sends dead letters again. */
    ApiEdge edgeOfDeadLetters() {
        return edgeOnce(callbackPokes());
    }

    /** The edge of the one function that links with a permission lead to. */
    ApiEdge edgeWithLinks() {
        return edge(new LinkAuthentication(contentLinks(), keyAuthentication()));
    }

    ContentLinks contentLinks() {
        return new ContentLinks(liveKeys(), clock);
    }

    /** For those that decide about calls that came in. */
    IncomingCalls incomingCalls() {
        return new IncomingCalls(calls(), callContexts());
    }

    CallContexts callContexts() {
        return new CallContexts(liveKeys(), clock);
    }

    Subscriptions eventSubscriptions() {
        return new DynamoSubscriptions(dynamoDb, table());
    }

    EndpointConsent endpointConsent() {
        surroundings.setting(WEBHOOK_SECRETS);
        return new EndpointConsent(
                outbound(), () -> WebhookSecrets.signer(surroundings.secret(WEBHOOK_SECRETS)), ids, clock);
    }

    Identities identities() {
        return new DynamoIdentities(dynamoDb, table());
    }

    Registrations registrations() {
        return new DynamoRegistrations(dynamoDb, table(), clock);
    }

    /** The host of users' SIP addresses and the realm of their digest. */
    String sipDomain() {
        return surroundings.setting("RINGBACK_SIP_DOMAIN");
    }

    CallLog callLog() {
        return new DynamoCallLog(dynamoDb, table(), clock);
    }

    Timelines timelines() {
        return new DynamoTimelines(dynamoDb, table(), clock);
    }

    DeadLetters deadLetters() {
        return new DynamoDeadLetters(dynamoDb, table(), ids, clock);
    }

    /** For those that wake no stream but those of callbacks. */
    Pokes callbackPokes() {
        String callbacks = surroundings.setting("RINGBACK_CALLBACKS_QUEUE");
        return new SqsPokes(AwsClients.sqs(surroundings), callbacks, callbacks, ids);
    }

    Ids ids() {
        return ids;
    }

    InstantSource clock() {
        return clock;
    }

    CallStore store() {
        return new DynamoCallStore(dynamoDb, table(), new WireEffectEncoder(), ids, clock);
    }

    CallProcessor calls() {
        return new CallProcessor(store(), pokes(), ids, clock, Deployment::pause);
    }

    GatewayChoice gatewayChoice() {
        return new GatewayChoice(new DynamoGateways(dynamoDb, table()), clock);
    }

    RecentSubscriptions subscriptions() {
        return new RecentSubscriptions(new DynamoSubscriptions(dynamoDb, table()), clock);
    }

    CallerIds callerIds() {
        return new CallerIds(store(), dialPolicy());
    }

    DialPolicy dialPolicy() {
        return DialPolicy.parse(
                surroundings.optionalSetting("RINGBACK_OWN_NUMBERS").orElse(""),
                surroundings.optionalSetting("RINGBACK_DIAL_PREFIXES").orElse(""));
    }

    OutboundPolicy outbound() {
        return OutboundPolicy.of(surroundings.setting("RINGBACK_OUTBOUND"));
    }

    RecordingFiles recordings() {
        return RecordingStore.open(URI.create(surroundings.setting("RINGBACK_RECORDINGS")), surroundings);
    }

    private ApiEdge edgeOnce(Pokes wake) {
        Repetitions repetitions =
                new Repetitions(new DynamoFirstAnswers(dynamoDb, table()), wake, new AnswerSeal(new SecureRandom()));
        return new ApiEdge(operation, keyAuthentication(), new Slf4jRequestLog(), clock, repetitions);
    }

    private ApiEdge edge(Authentication authentication) {
        return new ApiEdge(operation, authentication, new Slf4jRequestLog(), clock);
    }

    private Authentication keyAuthentication() {
        return new KeyAuthentication(liveKeys(), clock);
    }

    private LiveKeys liveKeys() {
        return new LiveKeys(
                () -> AccessKeys.parse(surroundings.secret(ACCESS_KEYS)),
                () -> AccessKeys.parse(surroundings.freshSecret(ACCESS_KEYS)));
    }

    /** One for the call that changes and for the request that comes again: its client is worth sharing. */
    private Pokes pokes() {
        Pokes made = pokes;
        if (made == null) {
            made = new SqsPokes(
                    AwsClients.sqs(surroundings),
                    surroundings.setting("RINGBACK_MEDIA_COMMANDS_QUEUE"),
                    surroundings.setting("RINGBACK_CALLBACKS_QUEUE"),
                    ids);
            pokes = made;
        }
        return made;
    }

    private String table() {
        return surroundings.setting("RINGBACK_TABLE");
    }

    /** Longer with each conflict, and at random, so that two who met do not meet again. */
    private static void pause(int conflicts) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(CONFLICT_PAUSE_NANOS * conflicts));
    }

    /** The function's name without the word that they all have. */
    private static String operation(Class<?> function) {
        return function.getSimpleName().replaceFirst("Function$", "");
    }
}
