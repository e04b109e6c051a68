/**
 * DynamoDB Local and ElasticMQ inside the process, spoken to over HTTP by real SDK clients: for the local stack and for
 * tests. Imports nothing of ours.
 *
 * <p>What they do not imitate: DynamoDB Local never conflicts, tears or throttles, does not expire items in useful time
 * and counts write units twice; ElasticMQ ignores the deduplication scope and forgets everything when it ends.
 */
package io.ringback.emulators;
