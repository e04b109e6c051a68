package io.ringback.aws.emulated;

import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.TableSchema;
import io.ringback.aws.environment.Surroundings;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** DynamoDB Local and ElasticMQ, each started when first needed, and clients for them as a function gets them. */
public final class EmulatedAws implements AutoCloseable {
    private final List<Runnable> closers = new ArrayList<>();
    private final @Nullable URI elsewhere;
    private @Nullable EmbeddedDynamoDb dynamoDb;
    private @Nullable EmbeddedSqs sqs;

    public EmulatedAws() {
        elsewhere = null;
    }

    /** Clients for an emulator that runs already and speaks for every service at one address. */
    public EmulatedAws(URI elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** A client whose every request passes these interceptors, the first one first. */
    public synchronized DynamoDbClient dynamoDb(ExecutionInterceptor... interceptors) {
        return open(AwsClients.dynamoDb(new At(dynamoDbEndpoint(), List.of(interceptors))));
    }

    /** A client whose every request passes these interceptors, the first one first. */
    public synchronized SqsClient sqs(ExecutionInterceptor... interceptors) {
        return open(AwsClients.sqs(new At(sqsEndpoint(), List.of(interceptors))));
    }

    /** A fresh table; the answer is its name. */
    public String createTable() {
        String name = "ringback-" + UUID.randomUUID();
        // Without our short time-outs: the first request of a process takes DynamoDB Local seconds.
        var builder = DynamoDbClient.builder();
        new At(dynamoDbEndpoint(), List.of()).configure(builder);
        try (DynamoDbClient client = builder.build()) {
            client.createTable(TableSchema.createTable(name));
        }
        return name;
    }

    /** A fresh FIFO queue with the attributes of design §8; the answer is its URL. */
    public String createQueue() {
        Map<QueueAttributeName, String> attributes = new HashMap<>();
        attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        attributes.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false");
        attributes.put(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
        attributes.put(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        try (SqsClient client = sqs()) {
            return client.createQueue(queue ->
                            queue.queueName(UUID.randomUUID() + ".fifo").attributes(attributes))
                    .queueUrl();
        }
    }

    private synchronized URI sqsEndpoint() {
        if (elsewhere != null) {
            return elsewhere;
        }
        if (sqs == null) {
            sqs = EmbeddedSqs.start();
            closers.add(sqs::close);
        }
        return sqs.endpoint();
    }

    private synchronized URI dynamoDbEndpoint() {
        if (elsewhere != null) {
            return elsewhere;
        }
        if (dynamoDb == null) {
            dynamoDb = EmbeddedDynamoDb.inMemory();
            closers.add(dynamoDb::close);
        }
        return dynamoDb.endpoint();
    }

    @Override
    public synchronized void close() {
        for (int i = closers.size() - 1; i >= 0; i--) {
            closers.get(i).run();
        }
    }

    private <T extends SdkAutoCloseable> T open(T client) {
        closers.add(client::close);
        return client;
    }

    /** Surroundings without settings, at an emulator's endpoint. */
    private record At(URI endpoint, List<ExecutionInterceptor> interceptors) implements Surroundings {
        @Override
        public String setting(String name) {
            throw new IllegalStateException(name + " is not set");
        }

        @Override
        public Optional<String> optionalSetting(String name) {
            return Optional.empty();
        }

        @Override
        public String secret(String settingName) {
            throw new IllegalStateException(settingName + " is not set");
        }

        @Override
        public void configure(AwsClientBuilder<?, ?> builder) {
            builder.endpointOverride(endpoint)
                    .region(Region.EU_CENTRAL_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
            var override = builder.overrideConfiguration().toBuilder();
            interceptors.forEach(override::addExecutionInterceptor);
            builder.overrideConfiguration(override.build());
        }
    }
}
