package io.ringback.functions.workers;

import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.environment.SurroundingsProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Resource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** What functions find around them in a test: settings that the test set, clients that talk to emulators. */
record TestSurroundings(Map<String, String> settings, URI dynamoDb, URI sqs, List<Resource> toldOfSnapshots)
        implements Surroundings {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private static TestSurroundings current = new TestSurroundings(Map.of(), NOWHERE, NOWHERE);

    TestSurroundings(Map<String, String> settings, URI dynamoDb, URI sqs) {
        this(settings, dynamoDb, sqs, new ArrayList<>());
    }

    /** From now on every function finds these. */
    static synchronized void install(TestSurroundings surroundings) {
        current = surroundings;
    }

    static synchronized TestSurroundings current() {
        return current;
    }

    @Override
    public String setting(String name) {
        return optionalSetting(name).orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }

    @Override
    public Optional<String> optionalSetting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** The settings of secrets hold the secrets themselves. */
    @Override
    public String secret(String settingName) {
        return setting(settingName);
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {
        builder.endpointOverride(builder instanceof DynamoDbClientBuilder ? dynamoDb : sqs)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    @Override
    public void onSnapshot(Resource resource) {
        toldOfSnapshots.add(resource);
    }

    /** Found by the service loader. */
    public static final class Provider implements SurroundingsProvider {
        @Override
        public Surroundings of(Class<?> function) {
            return current();
        }
    }
}
