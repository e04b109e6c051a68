package io.ringback.aws.contract;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Outbox;
import java.time.Instant;

/** Encodes an effect as little as storage needs. */
public final class PlainEncoder implements EffectEncoder {
    @Override
    public Outbox.Item encode(ServerCall next, Effect effect, Instant at) {
        if (effect instanceof Effect.Notify notify) {
            return new Outbox.Item(
                    notify.sequence(),
                    notify.id(),
                    notify.event().getClass().getSimpleName(),
                    notify.callback().uri(),
                    notify.time(),
                    notify.notAfter(),
                    "{\"event\":\"" + notify.id() + "\"}");
        }
        String name = ((Effect.Command) effect).command().getClass().getSimpleName();
        return new Outbox.Item(
                effect.sequence(), name, name, null, at, effect.notAfter(), "{\"command\":\"" + name + "\"}");
    }
}
