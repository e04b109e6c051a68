/**
 * The storage ports in memory, for tests of what stands on them. It holds the same contract as DynamoDB does, and fails
 * at once where a caller breaks a rule that DynamoDB would let pass.
 */
package io.ringback.aws.memory;
