package io.ringback.local.runtime;

import io.ringback.local.template.LocalNames;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * What stands for the cloud.
 *
 * @param dynamoDb endpoint
 * @param sqs endpoint
 * @param used hears of every permission that a function made use of
 * @param interceptors of every client of a function, behind the check of its permissions
 */
public record Cloud(
        LocalNames names,
        URI dynamoDb,
        URI sqs,
        SecretStore secrets,
        Consumer<Access> used,
        List<ExecutionInterceptor> interceptors) {
    public Cloud {
        interceptors = List.copyOf(interceptors);
    }

    /** Without interceptors. */
    public Cloud(LocalNames names, URI dynamoDb, URI sqs, SecretStore secrets, Consumer<Access> used) {
        this(names, dynamoDb, sqs, secrets, used, List.of());
    }
}
