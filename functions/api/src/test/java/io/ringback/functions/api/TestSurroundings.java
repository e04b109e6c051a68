package io.ringback.functions.api;

import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.environment.SurroundingsProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Surroundings of a test: what a function's no-arg constructor finds. */
record TestSurroundings(Map<String, String> settings, URI dynamoDb, URI sqs) implements Surroundings {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /** Surroundings without services. */
    static TestSurroundings without(Map<String, String> settings) {
        return new TestSurroundings(settings, NOWHERE, NOWHERE);
    }

    @Override
    public String setting(String name) {
        return optionalSetting(name)
                .orElseThrow(() -> new IllegalStateException("The setting " + name + " is not set"));
    }

    @Override
    public Optional<String> optionalSetting(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isEmpty());
    }

    /** The setting of a secret holds its value here. */
    @Override
    public String secret(String settingName) {
        return setting(settingName);
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {
        builder.endpointOverride(builder instanceof SqsClientBuilder ? sqs : dynamoDb)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS);
    }

    /** Found by the service loader; a test says what it answers. */
    public static final class Provider implements SurroundingsProvider {
        private static final ThreadLocal<Function<Class<?>, Surroundings>> CURRENT = new ThreadLocal<>();

        /** From now on functions that this thread makes find these surroundings. */
        static void provide(Function<Class<?>, Surroundings> surroundings) {
            CURRENT.set(surroundings);
        }

        @Override
        public Surroundings of(Class<?> function) {
            return CURRENT.get().apply(function);
        }
    }
}
