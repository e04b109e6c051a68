package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.CallLogContract;
import io.ringback.aws.contract.CallStoreContract;
import io.ringback.aws.contract.CircuitsContract;
import io.ringback.aws.contract.DeadLettersContract;
import io.ringback.aws.contract.DirectoryContract;
import io.ringback.aws.contract.DueStreamsContract;
import io.ringback.aws.contract.GatewaysContract;
import io.ringback.aws.contract.OutboxContract;
import io.ringback.aws.contract.RedriveContract;
import io.ringback.aws.contract.RepetitionContract;
import io.ringback.aws.contract.ReservationContract;
import io.ringback.aws.contract.StorageUnderTest;
import io.ringback.aws.contract.TimelinesContract;
import io.ringback.aws.contract.WaitingLettersContract;
import io.ringback.aws.emulated.EmulatedAws;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One table is held to every contract of the storage ports. */
class DynamoStorageTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final DynamoDbClient CLIENT = AWS.dynamoDb();

    @RegisterExtension
    static final StorageUnderTest STORAGE =
            new StorageUnderTest(clock -> new DynamoStorage(CLIENT, AWS.createTable(), clock));

    @AfterAll
    static void close() {
        AWS.close();
    }

    @Nested
    class Calls extends CallStoreContract {}

    @Nested
    class Streams extends OutboxContract {}

    @Nested
    class DueStreams extends DueStreamsContract {}

    @Nested
    class GivenUp extends DeadLettersContract {}

    @Nested
    class SentAgain extends RedriveContract {}

    @Nested
    class WaitingLetters extends WaitingLettersContract {}

    @Nested
    class GatewayDirectory extends GatewaysContract {}

    @Nested
    class Reservations extends ReservationContract {}

    @Nested
    class UserDirectory extends DirectoryContract {}

    @Nested
    class CallLog extends CallLogContract {}

    @Nested
    class Timelines extends TimelinesContract {}

    @Nested
    class ReceiverCircuits extends CircuitsContract {}

    @Nested
    class Repetition extends RepetitionContract {}
}
