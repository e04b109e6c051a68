package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.CallStoreContract;
import io.ringback.aws.contract.DueStreamsContract;
import io.ringback.aws.contract.GatewaysContract;
import io.ringback.aws.contract.OutboxContract;
import io.ringback.aws.contract.Storage;
import io.ringback.aws.contract.StorageUnderTest;
import io.ringback.aws.emulated.EmulatedAws;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contracts of calls, streams and gateways over LocalStack, in the profile {@code localstack}. */
class LocalStackStorageIT {
    private static final LocalStackContainer LOCALSTACK = new LocalStackContainer(
                    DockerImageName.parse("localstack/localstack-pro").asCompatibleSubstituteFor("localstack/localstack"))
            .withEnv("LOCALSTACK_AUTH_TOKEN", System.getenv().getOrDefault("LOCALSTACK_AUTH_TOKEN", ""));

    @RegisterExtension
    static final StorageUnderTest STORAGE = new StorageUnderTest(LocalStackStorageIT::storage);

    @BeforeAll
    static void start() {
        LOCALSTACK.start();
    }

    @AfterAll
    static void stop() {
        LOCALSTACK.stop();
    }

    private static Storage storage(InstantSource clock) {
        EmulatedAws aws = new EmulatedAws(LOCALSTACK.getEndpoint());
        return new DynamoStorage(aws.dynamoDb(), aws.createTable(), clock);
    }

    @Nested
    class Calls extends CallStoreContract {}

    @Nested
    class Streams extends OutboxContract {}

    @Nested
    class DueStreams extends DueStreamsContract {}

    @Nested
    class Directory extends GatewaysContract {}
}
