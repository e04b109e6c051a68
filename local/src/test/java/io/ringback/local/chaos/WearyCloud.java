package io.ringback.local.chaos;

import io.ringback.aws.emulated.Refusals;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Services that throttle, meet conflicts, or do what they are asked and lose the answer. */
final class WearyCloud implements ExecutionInterceptor {
    private static final double THROTTLED = 0.02;
    private static final double CONFLICTS = 0.04;
    private static final double ANSWERS_LOST = 0.01;
    private static final long GIVEN_UP_AFTER_MILLIS = 2000;

    private final Storm storm;
    private final Random random;
    private final AtomicInteger faults = new AtomicInteger();

    WearyCloud(Storm storm, Random random) {
        this.storm = storm;
        this.random = random;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (context.request() instanceof DynamoDbRequest && happens(THROTTLED)) {
            throw Refusals.throttled();
        }
        if (context.request() instanceof TransactWriteItemsRequest write && happens(CONFLICTS)) {
            throw Refusals.cancelled(write.transactItems().stream()
                    .map(item -> "TransactionConflict")
                    .toList());
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (happens(ANSWERS_LOST)) {
            throw ApiCallAttemptTimeoutException.create(GIVEN_UP_AFTER_MILLIS);
        }
    }

    int faults() {
        return faults.get();
    }

    private synchronized boolean happens(double probability) {
        boolean happens = storm.rages() && random.nextDouble() < probability;
        if (happens) {
            faults.incrementAndGet();
        }
        return happens;
    }
}
