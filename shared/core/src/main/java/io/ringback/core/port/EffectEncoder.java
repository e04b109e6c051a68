package io.ringback.core.port;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;

/** Writes an effect as it will be sent, at the moment of the commit: what is delivered later is what was decided. */
public interface EffectEncoder {
    Outbox.Item encode(ServerCall next, Effect effect);
}
