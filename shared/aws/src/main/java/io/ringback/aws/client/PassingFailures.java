package io.ringback.aws.client;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Which failures of a service pass by themselves, so that whoever asked may ask again. */
public final class PassingFailures {
    private static final int SERVER_ERROR = 500;
    private static final int CAUSES = 8;

    /** Reasons of a cancelled transaction that say nothing about the request itself. */
    private static final Set<String> REASONS =
            Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict", "RequestLimitExceeded");

    private PassingFailures() {}

    /**
     * Whether this came of a service that was throttled, away or too slow. A request that is refused, by its permissions
     * or for what is in it, is refused again.
     */
    public static boolean isPassing(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof TransactionCanceledException cancelled) {
                return cancelled.cancellationReasons().stream().anyMatch(reason -> REASONS.contains(reason.code()));
            } else if (cause instanceof SdkServiceException answer) {
                return answer.isThrottlingException() || answer.statusCode() >= SERVER_ERROR;
            } else if (cause instanceof SdkClientException silence) {
                return isSilence(silence);
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** No answer, rather than a request that could not even be made, for want of credentials say. */
    private static boolean isSilence(SdkClientException failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof IOException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
