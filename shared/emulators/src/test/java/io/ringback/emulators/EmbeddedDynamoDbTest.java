package io.ringback.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class EmbeddedDynamoDbTest {
    @TempDir
    private Path directory;

    @Test
    void keepsItemsInMemoryForItselfAlone() {
        try (EmbeddedDynamoDb one = EmbeddedDynamoDb.inMemory();
                EmbeddedDynamoDb other = EmbeddedDynamoDb.inMemory();
                DynamoDbClient client = client(one.endpoint());
                DynamoDbClient otherClient = client(other.endpoint())) {
            createTable(client);
            put(client, "a");

            assertThat(has(client, "a")).isTrue();
            assertThat(otherClient.listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void findsItsTablesAgainInTheDirectory() {
        Path nested = directory.resolve("below/dynamodb");
        try (EmbeddedDynamoDb first = EmbeddedDynamoDb.inDirectory(nested, 0);
                DynamoDbClient client = client(first.endpoint())) {
            createTable(client);
            put(client, "kept");
        }
        try (EmbeddedDynamoDb second = EmbeddedDynamoDb.inDirectory(nested, 0);
                DynamoDbClient client = client(second.endpoint())) {
            assertThat(has(client, "kept")).isTrue();
        }
    }

    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(table -> table.tableName("things")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("pk")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static void put(DynamoDbClient client, String key) {
        client.putItem(put -> put.tableName("things").item(key(key)));
    }

    private static boolean has(DynamoDbClient client, String key) {
        return client.getItem(get -> get.tableName("things").key(key(key)).consistentRead(true))
                .hasItem();
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("pk", AttributeValue.fromS(key));
    }
}
