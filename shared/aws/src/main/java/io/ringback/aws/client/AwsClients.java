package io.ringback.aws.client;

import io.ringback.aws.environment.Surroundings;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SDK clients for functions and gateway.
 *
 * <p>The HTTP client is the JDK's: it starts fastest. Retries are those of the standard mode, whose token bucket stops
 * them when a service is down for everybody, but fewer and sooner than the SDK's defaults (nine attempts for DynamoDB):
 * somebody waits on the line, and what a function gives up, its queue or its caller tries again.
 */
public final class AwsClients {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(25);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(500);

    private AwsClients() {}

    /** Four attempts of at most 2 s within 7 s: a function's ten, less its own work. */
    public static DynamoDbClient dynamoDb(Surroundings surroundings) {
        return configured(DynamoDbClient.builder(), surroundings, 4, Duration.ofSeconds(2), Duration.ofSeconds(7))
                .build();
    }

    /** Two attempts within 3 s: a poke that is lost is made up for by the sweeper. */
    public static SqsClient sqs(Surroundings surroundings) {
        return configured(SqsClient.builder(), surroundings, 2, Duration.ofMillis(1500), Duration.ofSeconds(3))
                .build();
    }

    public static SecretsManagerClient secretsManager(Surroundings surroundings) {
        return configured(SecretsManagerClient.builder(), surroundings, 3, Duration.ofSeconds(2), Duration.ofSeconds(5))
                .build();
    }

    /** Generous, for it carries whole recordings. */
    public static S3Client s3(Surroundings surroundings) {
        return configured(S3Client.builder(), surroundings, 4, Duration.ofMinutes(2), Duration.ofMinutes(5))
                .build();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder, Surroundings surroundings, int attempts, Duration attempt, Duration call) {
        builder.httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(attempt));
        builder.overrideConfiguration(ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(call)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(attempts)
                        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
                        .build())
                .build());
        surroundings.configure(builder);
        return builder;
    }
}
