package io.ringback.local.runtime;

import io.ringback.local.template.LocalNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.sqs.model.SqsRequest;

/**
 * Which permissions a request needs (service authorization reference). Those of a transaction are the ones of its
 * parts; a query on an index needs the index, not the table; a batch of messages needs what a single one does.
 */
final class RequestedAccess {
    /** One permission that a request needs. */
    record Permission(String action, String resource) {}

    private final LocalNames names;

    RequestedAccess(LocalNames names) {
        this.names = names;
    }

    /** @throws IllegalArgumentException for a service that the local stack does not have */
    Set<Permission> of(SdkRequest request, String operation) {
        if (request instanceof TransactWriteItemsRequest write) {
            return write.transactItems().stream().map(this::part).collect(Collectors.toSet());
        }
        if (request instanceof TransactGetItemsRequest read) {
            return read.transactItems().stream()
                    .map(item -> table("GetItem", item.get().tableName()))
                    .collect(Collectors.toSet());
        }
        if (request instanceof BatchGetItemRequest read) {
            return tables(operation, read.requestItems().keySet().stream());
        }
        if (request instanceof BatchWriteItemRequest write) {
            return tables(operation, write.requestItems().keySet().stream());
        }
        if (request instanceof DynamoDbRequest) {
            String table = field(request, "TableName");
            return Set.of(request.getValueForField("IndexName", String.class)
                    .map(index -> table(operation, table + "/index/" + index))
                    .orElseGet(() -> table(operation, table)));
        }
        if (request instanceof SqsRequest) {
            String url = field(request, "QueueUrl");
            String queue = url.substring(url.lastIndexOf('/') + 1);
            return Set.of(new Permission("sqs:" + withoutSuffix(operation, "Batch"), names.arn("sqs", queue)));
        }
        throw new IllegalArgumentException(
                "The local stack has no service for " + request.getClass().getName());
    }

    private Permission part(TransactWriteItem item) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (item.put() != null) {
            parts.put("PutItem", item.put().tableName());
        }
        if (item.update() != null) {
            parts.put("UpdateItem", item.update().tableName());
        }
        if (item.delete() != null) {
            parts.put("DeleteItem", item.delete().tableName());
        }
        if (item.conditionCheck() != null) {
            parts.put("ConditionCheckItem", item.conditionCheck().tableName());
        }
        Map.Entry<String, String> only = parts.entrySet().iterator().next();
        return table(only.getKey(), only.getValue());
    }

    private Set<Permission> tables(String operation, Stream<String> tables) {
        return tables.map(table -> table(operation, table)).collect(Collectors.toSet());
    }

    private Permission table(String operation, String table) {
        return new Permission("dynamodb:" + operation, names.arn("dynamodb", "table/" + table));
    }

    private static String field(SdkRequest request, String name) {
        return request.getValueForField(name, String.class).orElseThrow();
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }
}
