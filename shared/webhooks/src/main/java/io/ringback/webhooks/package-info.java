/**
 * The signature of callbacks, after Standard Webhooks 1.0: {@code WebhookSigner} makes it, {@code WebhookVerifier} is
 * for the applications that receive them. Pure Java and of use without anything else of ours; imports nothing.
 *
 * <p>A callback has three headers. {@code webhook-id} is the event's id, the same for every attempt; {@code
 * webhook-timestamp} is when this attempt was made, in seconds since 1970; {@code webhook-signature} has one signature
 * for each live secret, separated by spaces:
 *
 * <pre>
 * v1,base64(HMAC-SHA256(secret, webhook-id "." webhook-timestamp "." body))
 * </pre>
 */
package io.ringback.webhooks;
