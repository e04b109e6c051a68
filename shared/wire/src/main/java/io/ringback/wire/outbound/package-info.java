/**
 * Where requests to addresses that a customer named may go: callbacks and prompts. Plain Java, for whichever HTTP
 * client makes the request. Imports nothing of ours.
 */
package io.ringback.wire.outbound;
