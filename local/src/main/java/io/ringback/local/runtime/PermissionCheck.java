package io.ringback.local.runtime;

import io.ringback.local.runtime.RequestedAccess.Permission;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Stands between a function's SDK clients and the services: checks permissions, and cuts a timed-out function off. */
final class PermissionCheck implements ExecutionInterceptor {
    private final Permissions permissions;
    private final RequestedAccess requested;
    private final Cut cut;

    PermissionCheck(Permissions permissions, RequestedAccess requested, Cut cut) {
        this.permissions = permissions;
        this.requested = requested;
        this.cut = cut;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (cut.isMade()) {
            throw AbortedException.create("The invocation has timed out: its environment is frozen");
        }
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        for (Permission permission : requested.of(context.request(), operation)) {
            if (!permissions.allow(permission.action(), permission.resource())) {
                throw denied(context, permissions.refusal(permission.action(), permission.resource()));
            }
        }
    }

    private static AwsServiceException denied(Context.BeforeExecution context, String message) {
        boolean dynamoDb = context.request() instanceof DynamoDbRequest;
        AwsServiceException.Builder exception = dynamoDb ? DynamoDbException.builder() : SqsException.builder();
        return exception
                .statusCode(dynamoDb ? 400 : 403)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(dynamoDb ? "AccessDeniedException" : "AccessDenied")
                        .errorMessage(message)
                        .build())
                .build();
    }
}
