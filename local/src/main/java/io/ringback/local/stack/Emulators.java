package io.ringback.local.stack;

import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import io.ringback.local.runtime.Access;
import io.ringback.local.runtime.Cloud;
import io.ringback.local.runtime.SecretStore;
import io.ringback.local.template.LocalNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** DynamoDB Local, and ElasticMQ in memory, with clients that may do everything. */
final class Emulators implements AutoCloseable {
    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "us-east-1";
    private static final long LAST_MILLIS = 3000;

    private final EmbeddedDynamoDb database;
    private final EmbeddedSqs queues;
    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;

    private Emulators(EmbeddedDynamoDb database, EmbeddedSqs queues) {
        this.database = database;
        this.queues = queues;
        DynamoDbClientBuilder dynamoDbBuilder =
                DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        configure(dynamoDbBuilder);
        this.dynamoDb = dynamoDbBuilder.build();
        SqsClientBuilder sqsBuilder = SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        configure(sqsBuilder);
        this.sqs = sqsBuilder.build();
    }

    /** Starts both at once: each takes seconds to load its classes. */
    static Emulators start(Supplier<EmbeddedDynamoDb> database) {
        CompletableFuture<EmbeddedSqs> queues = CompletableFuture.supplyAsync(EmbeddedSqs::start);
        return new Emulators(database.get(), queues.join());
    }

    LocalNames names() {
        return new LocalNames(ACCOUNT, REGION, "ringback", queues.endpoint());
    }

    /** What functions take for the cloud, with nothing in between. */
    Cloud cloud(SecretStore secrets, Consumer<Access> used) {
        return cloud(secrets, used, function -> List.of());
    }

    /** What functions take for the cloud. */
    Cloud cloud(SecretStore secrets, Consumer<Access> used, Function<String, List<ExecutionInterceptor>> interceptors) {
        return new Cloud(names(), database.endpoint(), queues.endpoint(), secrets, used, interceptors);
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    SqsClient sqs() {
        return sqs;
    }

    @Override
    public void close() {
        dynamoDb.close();
        sqs.close();
        // ElasticMQ's own end may take a minute while the JVM is ending, too; there is nothing in it to be kept.
        Thread stop = new Thread(queues::close, "stop-queues");
        stop.setDaemon(true);
        stop.start();
        try {
            stop.join(LAST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }

    /** Makes a client that is being built talk to the emulators, with permission for everything. */
    final void configure(AwsClientBuilder<?, ?> builder) {
        builder.endpointOverride(builder instanceof SqsClientBuilder ? queues.endpoint() : database.endpoint());
        builder.region(Region.of(REGION));
        builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "operator")));
    }

    /** The same for another process, as the SDK reads it from its environment. */
    Map<String, String> variables() {
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB",
                database.endpoint().toString(),
                "AWS_ENDPOINT_URL_SQS",
                queues.endpoint().toString(),
                "AWS_REGION",
                REGION,
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "operator");
    }
}
