package io.ringback.local.template;

/**
 * A queue that triggers a function.
 *
 * @param batchSize messages of one invocation, at most
 * @param partialBatchResponses the function reports the messages that failed; else a batch fails or succeeds whole
 * @param maximumConcurrency invocations at once, at most
 */
public record QueueSource(String queueArn, int batchSize, boolean partialBatchResponses, int maximumConcurrency) {
    /** The queue's name, which is the last part of its ARN. */
    public String queueName() {
        return queueArn.substring(queueArn.lastIndexOf(':') + 1);
    }
}
