/**
 * Requests to addresses that a customer named: callbacks and prompts. What may be contacted, and the HTTP client that
 * contacts nothing else. Imports nothing of ours.
 */
package io.ringback.wire.outbound;
