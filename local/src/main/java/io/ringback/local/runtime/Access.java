package io.ringback.local.runtime;

/**
 * Something that a function did, in the words of a policy.
 *
 * @param function its logical id
 * @param action e.g. {@code dynamodb:GetItem}
 * @param resource an ARN
 */
public record Access(String function, String action, String resource) {}
