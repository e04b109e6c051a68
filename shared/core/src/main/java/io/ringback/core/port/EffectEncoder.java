package io.ringback.core.port;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import java.time.Instant;

/** Writes an effect as it will be sent, at the moment of the commit: what is delivered later is what was decided. */
public interface EffectEncoder {
    /**
     * Encodes one effect.
     *
     * @param next the call after the change
     * @param at when it was decided
     */
    Outbox.Item encode(ServerCall next, Effect effect, Instant at);
}
