/** The SDK clients, with the time-outs and retries that a function can afford. */
package io.ringback.aws.client;
