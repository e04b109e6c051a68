/**
 * The functions that queues and schedules wake: media commands out, media events in, callbacks, the sweeper and the
 * watch over the gateways. A function never throws for a receiver's or the gateway's fault. Imports core's ports and
 * use cases, the protocols of wire, the adapters and surroundings of aws.
 */
package io.ringback.functions.workers;
