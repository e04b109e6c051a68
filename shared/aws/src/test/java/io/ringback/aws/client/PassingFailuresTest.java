package io.ringback.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What the SDK's own client throws when its attempts are used up. */
class PassingFailuresTest {
    private static final int ATTEMPTS = 4;
    private static EmulatedAws aws;
    private static String table;

    private final Faults faults = new Faults();
    private DynamoDbClient client;

    @BeforeAll
    static void start() {
        aws = new EmulatedAws();
        table = aws.createTable();
    }

    @BeforeEach
    void connect() {
        client = aws.dynamoDb(faults);
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void aServiceThatThrottlesIsBackSoon() {
        faults.throttle(GetItemRequest.class, ATTEMPTS);
        assertThat(PassingFailures.isPassing(failure(table))).isTrue();
        assertThat(faults.left()).isZero();
    }

    @Test
    void aServiceThatDoesNotAnswerIsBackSoon() {
        faults.timeOut(GetItemRequest.class, ATTEMPTS);
        assertThat(PassingFailures.isPassing(failure(table))).isTrue();
        assertThat(faults.left()).isZero();
    }

    @Test
    void aWrappedFailureIsTheSame() {
        faults.throttle(GetItemRequest.class, ATTEMPTS);
        assertThat(PassingFailures.isPassing(new IllegalStateException(failure(table))))
                .isTrue();
    }

    @Test
    void whatIsWrongWithTheRequestStaysWrong() {
        assertThat(PassingFailures.isPassing(failure("no-such-table"))).isFalse();
        assertThat(PassingFailures.isPassing(SdkClientException.create("there are no credentials")))
                .isFalse();
        assertThat(PassingFailures.isPassing(new IllegalStateException("a bug")))
                .isFalse();
        assertThat(PassingFailures.isPassing(new UncheckedIOException(new IOException("a file"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TransactionConflict, true",
        "ThrottlingError, true",
        "ProvisionedThroughputExceeded, true",
        "ConditionalCheckFailed, false",
        "ValidationError, false"
    })
    void aTransactionIsCancelledForAReason(String reason, boolean passing) {
        faults.cancel(TransactWriteItemsRequest.class, "None", reason);
        TransactWriteItem write = TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(key()))
                .build();
        Throwable failure =
                catchThrowable(() -> client.transactWriteItems(request -> request.transactItems(List.of(write))));

        assertThat(PassingFailures.isPassing(failure)).isEqualTo(passing);
    }

    private Throwable failure(String name) {
        return catchThrowable(
                () -> client.getItem(request -> request.tableName(name).key(key())));
    }

    private static Map<String, AttributeValue> key() {
        return Map.of("pk", AttributeValue.fromS("CALL#x"), "sk", AttributeValue.fromS("#"));
    }
}
