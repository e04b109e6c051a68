package io.ringback.local.runtime;

import io.ringback.local.template.LocalNames;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What stands for the cloud.
 *
 * @param dynamoDb endpoint
 * @param sqs endpoint
 * @param secrets current values, by ARN
 * @param used hears of every permission that a function made use of
 */
public record Cloud(LocalNames names, URI dynamoDb, URI sqs, Map<String, String> secrets, Consumer<Access> used) {
    public Cloud {
        secrets = Map.copyOf(secrets);
    }
}
