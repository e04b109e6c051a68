/** Where requests to addresses that users name may go: callbacks and prompts. Imports nothing of ours. */
package io.ringback.aws.outbound;
