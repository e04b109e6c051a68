package io.ringback.aws.dynamodb;

import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.FirstAnswers;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** The first answers in DynamoDB, read. What carries a request out writes them, in its transaction. */
public final class DynamoFirstAnswers implements FirstAnswers {
    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoFirstAnswers(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Optional<FirstAnswer> find(String request, Instant now) {
        GetItemResponse response = dynamoDb.getItem(
                get -> get.tableName(table).key(FirstAnswerRow.key(request)).consistentRead(true));
        return response.hasItem()
                ? Optional.of(FirstAnswerRow.parse(response.item())).filter(answer -> !answer.isExpired(now))
                : Optional.empty();
    }
}
