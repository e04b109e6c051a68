package io.ringback.functions.workers;

import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local and ElasticMQ, started once for all classes of a run. */
record Emulators(EmbeddedDynamoDb dynamoDb, EmbeddedSqs sqs) implements AutoCloseable {
    private static Emulators start() {
        Emulators emulators = new Emulators(EmbeddedDynamoDb.inMemory(), EmbeddedSqs.start());
        // Without our short time-outs: the first request of a process takes DynamoDB Local seconds.
        var builder = DynamoDbClient.builder();
        emulators.with(Map.of()).configure(builder);
        try (DynamoDbClient patient = builder.build()) {
            patient.listTables();
        }
        return emulators;
    }

    /** Surroundings of these settings, whose clients talk to these emulators. */
    TestSurroundings with(Map<String, String> settings) {
        return new TestSurroundings(settings, dynamoDb.endpoint(), sqs.endpoint());
    }

    @Override
    public void close() {
        sqs.close();
        dynamoDb.close();
    }

    /** Hands the emulators of the run to whatever takes them. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Emulators.class;
        }

        @Override
        public Emulators resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(Namespace.create(Emulators.class))
                    .computeIfAbsent(Emulators.class, first -> start(), Emulators.class);
        }
    }
}
