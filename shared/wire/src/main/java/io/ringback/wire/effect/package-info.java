/** Effects as they will be sent: media commands to the gateway, events in the dialect of their callback. */
package io.ringback.wire.effect;
