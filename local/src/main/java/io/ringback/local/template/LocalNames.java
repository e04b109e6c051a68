package io.ringback.local.template;

import java.net.URI;

/**
 * The names that the cloud would give to things.
 *
 * @param accountId twelve digits
 * @param stackName prefix of generated names
 * @param queues base address of the queue service, without a slash at its end
 */
public record LocalNames(String accountId, String region, String stackName, URI queues) {
    public String queueUrl(String queueName) {
        return queues + "/" + accountId + "/" + queueName;
    }

    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + accountId + ":" + resource;
    }
}
