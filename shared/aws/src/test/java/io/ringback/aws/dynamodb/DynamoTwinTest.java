package io.ringback.aws.dynamodb;

import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import io.ringback.testkit.Seeded;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB and its twin in memory answer alike, whatever happens in whatever order. */
class DynamoTwinTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final DynamoDbClient CLIENT = AWS.dynamoDb();

    @AfterAll
    static void close() {
        AWS.close();
    }

    @Test
    void bothAnswerAlike() {
        Seeded.check(6, generator -> {
            Life life = new Life(generator);
            for (int i = 0; i < 100; i++) {
                life.step();
            }
        });
    }

    private static final class Life {
        private final Generator generator;
        private final TwinCalls calls;
        private final TwinStreams streams;
        private final TwinDirectory directory;

        Life(Generator generator) {
            FakeClock clock = FakeClock.atNoon();
            Twins twins = new Twins(
                    generator,
                    clock,
                    new MemoryStorage(new PlainEncoder(), clock),
                    new DynamoStorage(CLIENT, AWS.createTable(), clock));
            this.generator = generator;
            this.calls = new TwinCalls(twins);
            this.streams = new TwinStreams(twins);
            this.directory = new TwinDirectory(twins);
        }

        void step() {
            switch (generator.between(0, 23)) {
                case 0, 1 -> calls.load();
                case 2, 3 -> calls.commit();
                case 4, 5 -> streams.read();
                case 6, 7 -> streams.advance();
                case 8 -> streams.postpone();
                case 9 -> calls.log();
                case 10 -> calls.timeline();
                case 11, 12 -> directory.subscriptions();
                case 13 -> directory.identities();
                case 14, 15 -> directory.registrations();
                case 16 -> streams.letters();
                case 17, 18 -> streams.redrive();
                case 19, 20 -> streams.redeliver();
                case 21, 22 -> calls.gateways();
                default -> streams.due();
            }
        }
    }
}
