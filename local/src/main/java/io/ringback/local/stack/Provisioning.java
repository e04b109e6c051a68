package io.ringback.local.stack;

import io.ringback.local.template.Queue;
import io.ringback.local.template.Table;
import io.ringback.local.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the template's tables and queues in the emulators; a table of an earlier start goes on. */
final class Provisioning {
    /** What ElasticMQ does not have: encryption at rest. */
    private static final List<String> NOT_EMULATED = List.of("SqsManagedSseEnabled", "KmsMasterKeyId");

    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;

    Provisioning(DynamoDbClient dynamoDb, SqsClient sqs) {
        this.dynamoDb = dynamoDb;
        this.sqs = sqs;
    }

    void provide(Template template) {
        template.tables().forEach(this::create);
        // A dead-letter queue has to be there before the queue that names it.
        template.queues().stream()
                .sorted(Comparator.comparing(queue -> queue.attributes().containsKey("RedrivePolicy")))
                .forEach(this::create);
    }

    private void create(Queue queue) {
        Map<String, String> attributes = queue.attributes().entrySet().stream()
                .filter(attribute -> !NOT_EMULATED.contains(attribute.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        sqs.createQueue(request -> request.queueName(queue.name()).attributesWithStrings(attributes));
    }

    private void create(Table table) {
        if (dynamoDb.listTables().tableNames().contains(table.name())) {
            return;
        }
        dynamoDb.createTable(request -> request.tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(table.attributeTypes().entrySet().stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.getKey())
                                .attributeType(attribute.getValue())
                                .build())
                        .toList())
                .keySchema(schema(table.key()))
                .globalSecondaryIndexes(
                        table.indexes().stream().map(Provisioning::index).toList()));
    }

    private static GlobalSecondaryIndex index(Table.Index index) {
        Projection.Builder projection = Projection.builder().projectionType(index.projection());
        if (!index.included().isEmpty()) {
            projection.nonKeyAttributes(index.included());
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(schema(index.key()))
                .projection(projection.build())
                .build();
    }

    private static List<KeySchemaElement> schema(Table.Key key) {
        List<KeySchemaElement> schema = new ArrayList<>();
        schema.add(element(key.partition(), KeyType.HASH));
        if (key.sort() != null) {
            schema.add(element(key.sort(), KeyType.RANGE));
        }
        return schema;
    }

    private static KeySchemaElement element(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }
}
