/** Tasks of legs and of calls, one after the other each, and what is counted on the way. Imports nothing of the gateway. */
package io.ringback.gateway.task;
