package io.ringback.functions.workers;

import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.wire.gateway.CommandEnvelope;
import java.util.List;
import java.util.Optional;

/** The control API of a media gateway, as a client sees it. Whatever goes wrong is an answer. */
interface GatewayControl {
    Reply send(Gateway gateway, CommandEnvelope command);

    /** The call's events after this number, ascending; empty when the gateway could not be asked. */
    Optional<List<MediaReport>> events(Gateway gateway, String serverCallId, long after);

    /** Whether the gateway answers. */
    boolean isAlive(Gateway gateway);

    /** What became of a command. */
    sealed interface Reply {
        /** The gateway has it, or has passed it. */
        record Accepted() implements Reply {}

        /** The gateway lives in another epoch: the call's legs are gone. */
        record EpochMismatch() implements Reply {}

        /** It will never take this command. */
        record Refused(int status, String message) implements Reply {}

        /** It did not answer, or not now. */
        record Unavailable(int status, String message) implements Reply {}
    }
}
