package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.GatewaysContract;
import io.ringback.aws.contract.Storage;
import io.ringback.aws.contract.StorageContract;
import io.ringback.aws.emulated.EmulatedAws;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The storage contract over LocalStack, in the profile {@code localstack}. */
class LocalStackStorageIT extends StorageContract {
    private static final LocalStackContainer LOCALSTACK = new LocalStackContainer(
                    DockerImageName.parse("localstack/localstack-pro").asCompatibleSubstituteFor("localstack/localstack"))
            .withEnv("LOCALSTACK_AUTH_TOKEN", System.getenv().getOrDefault("LOCALSTACK_AUTH_TOKEN", ""));

    @BeforeAll
    static void start() {
        LOCALSTACK.start();
    }

    @AfterAll
    static void stop() {
        LOCALSTACK.stop();
    }

    @Override
    protected Storage open(InstantSource clock) {
        return storage(clock);
    }

    private static Storage storage(InstantSource clock) {
        EmulatedAws aws = new EmulatedAws(LOCALSTACK.getEndpoint());
        return new DynamoStorage(aws.dynamoDb(), aws.createTable(), clock);
    }

    @Nested
    class Directory extends GatewaysContract {
        @Override
        protected Storage open(InstantSource clock) {
            return storage(clock);
        }
    }
}
