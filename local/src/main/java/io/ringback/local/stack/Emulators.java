package io.ringback.local.stack;

import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import io.ringback.local.template.LocalNames;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** DynamoDB Local on disk and ElasticMQ in memory, with clients that may do everything. */
final class Emulators implements AutoCloseable {
    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "us-east-1";

    private final EmbeddedDynamoDb database;
    private final EmbeddedSqs queues;
    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;

    private Emulators(EmbeddedDynamoDb database, EmbeddedSqs queues) {
        this.database = database;
        this.queues = queues;
        this.dynamoDb = configured(DynamoDbClient.builder(), database.endpoint())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        this.sqs = configured(SqsClient.builder(), queues.endpoint())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static Emulators start(Path databaseFolder) {
        return new Emulators(EmbeddedDynamoDb.inDirectory(databaseFolder, 0), EmbeddedSqs.start());
    }

    LocalNames names() {
        return new LocalNames(ACCOUNT, REGION, "ringback", queues.endpoint());
    }

    URI dynamoDbEndpoint() {
        return database.endpoint();
    }

    URI sqsEndpoint() {
        return queues.endpoint();
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
        queues.close();
        database.close();
    }

    private static <B extends AwsClientBuilder<B, C>, C> B configured(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "operator")));
    }
}
