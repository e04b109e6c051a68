package io.ringback.aws.emulated;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What DynamoDB answers when it does not do what it is asked; the emulator never does. */
public final class Refusals {
    private Refusals() {}

    /** Too many requests at once. */
    public static RuntimeException throttled() {
        return DynamoDbException.builder()
                .message("Throughput exceeds the current capacity of your table or index")
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ThrottlingException")
                        .build())
                .build();
    }

    /** A transaction was cancelled, for these reasons, one for each of its writes. */
    public static RuntimeException cancelled(List<String> reasons) {
        return TransactionCanceledException.builder()
                .message("Transaction cancelled")
                .statusCode(400)
                .numAttempts(1)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("TransactionCanceledException")
                        .build())
                .cancellationReasons(reasons.stream()
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }
}
