package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.CircuitsContract;
import io.ringback.aws.contract.DeadLettersContract;
import io.ringback.aws.contract.DirectoryContract;
import io.ringback.aws.contract.GatewaysContract;
import io.ringback.aws.contract.ReadingBackContract;
import io.ringback.aws.contract.RepetitionContract;
import io.ringback.aws.contract.ReservationContract;
import io.ringback.aws.contract.Storage;
import io.ringback.aws.contract.StorageContract;
import io.ringback.aws.emulated.EmulatedAws;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoStorageTest extends StorageContract {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final DynamoDbClient CLIENT = AWS.dynamoDb();

    @AfterAll
    static void close() {
        AWS.close();
    }

    @Override
    protected Storage open(InstantSource clock) {
        return new DynamoStorage(CLIENT, AWS.createTable(), clock);
    }

    @Nested
    class GatewayDirectory extends GatewaysContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }

    @Nested
    class Reservations extends ReservationContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }

    @Nested
    class UserDirectory extends DirectoryContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }

    @Nested
    class ReadingBack extends ReadingBackContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }

    @Nested
    class ReceiverCircuits extends CircuitsContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }

    @Nested
    class Repetition extends RepetitionContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }

    @Nested
    class GivenUp extends DeadLettersContract {
        @Override
        protected Storage open(InstantSource clock) {
            return new DynamoStorage(CLIENT, AWS.createTable(), clock);
        }
    }
}
