package io.ringback.local.runtime;

import io.ringback.local.template.LocalNames;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * What stands for the cloud.
 *
 * @param dynamoDb endpoint
 * @param sqs endpoint
 * @param used hears of every permission that a function made use of
 * @param interceptors for the clients of one instance of the function with this logical id, behind the check of its
 *     permissions
 */
public record Cloud(
        LocalNames names,
        URI dynamoDb,
        URI sqs,
        SecretStore secrets,
        Consumer<Access> used,
        Function<String, List<ExecutionInterceptor>> interceptors) {
    /** Without interceptors. */
    public Cloud(LocalNames names, URI dynamoDb, URI sqs, SecretStore secrets, Consumer<Access> used) {
        this(names, dynamoDb, sqs, secrets, used, function -> List.of());
    }
}
