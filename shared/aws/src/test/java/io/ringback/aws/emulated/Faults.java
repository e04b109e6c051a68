package io.ringback.aws.emulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Faults that the emulators cannot make, between a real SDK client and its service: the next attempts at a kind of
 * request meet the planned faults, one each, and the SDK deals with them as it would in earnest.
 */
public final class Faults implements ExecutionInterceptor {
    private final Deque<Planned> planned = new ArrayDeque<>();

    private record Planned(Class<? extends SdkRequest> request, Fault fault) {}

    private sealed interface Fault {}

    /** Nothing reaches the service. */
    private record Refused(RuntimeException answer) implements Fault {}

    /** The service does it, and its answer gets lost. */
    private record AnswerLost() implements Fault {}

    /** Something happens before the request leaves. */
    private record Meanwhile(Runnable event) implements Fault {}

    /** The service answers from an index that has not caught up. */
    private record StaleIndex(QueryResponse answer) implements Fault {}

    /** The next so many attempts are carried out, but the client hears nothing and gives each up. */
    public Faults loseAnswers(Class<? extends SdkRequest> request, int attempts) {
        return plan(request, new AnswerLost(), attempts);
    }

    /** The next so many attempts are throttled. */
    public Faults throttle(Class<? extends SdkRequest> request, int attempts) {
        return plan(request, new Refused(Refusals.throttled()), attempts);
    }

    /** The next attempts get no answer, and the service never sees them. */
    public Faults timeOut(Class<? extends SdkRequest> request, int attempts) {
        return plan(request, new Refused(ApiCallAttemptTimeoutException.create(2000)), attempts);
    }

    /** The next transaction is cancelled, for these reasons, one for each of its writes. */
    public Faults cancel(Class<? extends SdkRequest> request, String... reasons) {
        return plan(request, new Refused(Refusals.cancelled(List.of(reasons))), 1);
    }

    /** The next so many attempts meet a transaction that is being carried out with the same item. */
    public Faults conflict(Class<? extends SdkRequest> request, int attempts) {
        return plan(
                request,
                new Refused(TransactionConflictException.builder()
                        .message("Transaction is ongoing for the item")
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("TransactionConflictException")
                                .build())
                        .build()),
                attempts);
    }

    /** The next query is answered as an index would that has not caught up. */
    public Faults staleIndex(QueryResponse answer) {
        return plan(QueryRequest.class, new StaleIndex(answer), 1);
    }

    /** This happens right before the next such request leaves. */
    public Faults meanwhile(Class<? extends SdkRequest> request, Runnable event) {
        return plan(request, new Meanwhile(event), 1);
    }

    /** What was planned and has not happened. */
    public synchronized int left() {
        return planned.size();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (take(context.request(), Meanwhile.class) instanceof Meanwhile meanwhile) {
            meanwhile.event().run();
        } else if (take(context.request(), Refused.class) instanceof Refused refused) {
            throw refused.answer();
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (take(context.request(), AnswerLost.class) != null) {
            throw ApiCallAttemptTimeoutException.create(2000);
        }
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        return take(context.request(), StaleIndex.class) instanceof StaleIndex stale
                ? stale.answer()
                : context.response();
    }

    private synchronized Faults plan(Class<? extends SdkRequest> request, Fault fault, int attempts) {
        for (int i = 0; i < attempts; i++) {
            planned.add(new Planned(request, fault));
        }
        return this;
    }

    private synchronized @Nullable Fault take(SdkRequest request, Class<? extends Fault> kind) {
        Planned next = planned.peek();
        if (next == null || !next.request().isInstance(request) || !kind.isInstance(next.fault())) {
            return null;
        }
        planned.remove();
        return next.fault();
    }
}
