package io.ringback.wire.effect;

import io.ringback.core.call.Callback;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Outbox;
import io.ringback.wire.ApiVersion;
import io.ringback.wire.callingserver.CloudEventBatch;
import io.ringback.wire.callingserver.EventGridArray;
import io.ringback.wire.callingserver.EventType;
import io.ringback.wire.callingserver.IncomingCallContexts;
import io.ringback.wire.callingserver.PublicUrl;
import io.ringback.wire.callingserver.RecordingUrls;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import java.net.URI;
import java.time.Instant;

/**
 * Writes media commands as the envelopes that the gateway takes, and events in the dialect and the envelope of the
 * request that named their callback.
 */
public final class WireEffectEncoder implements EffectEncoder {
    private final CloudEventBatch callingServer;
    private final EventGridArray eventGrid;

    /** For those that commit neither a finished recording nor a call that comes in: only they need what is ours. */
    public WireEffectEncoder() {
        this(
                recordingId -> {
                    throw new IllegalStateException(
                            "the recording " + recordingId + " is announced without RINGBACK_PUBLIC_URL");
                },
                WireEffectEncoder::withoutKeys);
    }

    /**
     * For those that commit everything.
     *
     * @param publicUrl where the API is reached from outside: recordings are fetched below it
     * @param contexts makes what lets an application decide about a call that comes in
     */
    public WireEffectEncoder(URI publicUrl, IncomingCallContexts contexts) {
        this(new PublicUrl(publicUrl), contexts);
    }

    private WireEffectEncoder(RecordingUrls urls, IncomingCallContexts contexts) {
        this.callingServer = new CloudEventBatch(urls, contexts);
        this.eventGrid = new EventGridArray(urls, contexts);
    }

    @Override
    public Outbox.Item encode(ServerCall next, Effect effect, Instant at) {
        if (effect instanceof Effect.Notify notify) {
            return event(next, notify);
        }
        if (effect instanceof Effect.Command command) {
            String name = command.command().getClass().getSimpleName();
            CommandEnvelope envelope =
                    new CommandEnvelope(next.serverCallId(), next.gateway(), command.sequence(), command.command());
            return new Outbox.Item(
                    command.sequence(), name, name, null, at, effect.notAfter(), GatewayProtocol.encode(envelope));
        }
        throw new IllegalArgumentException("an effect of no known kind: " + effect.getClass());
    }

    private Outbox.Item event(ServerCall next, Effect.Notify notify) {
        return new Outbox.Item(
                notify.sequence(),
                notify.id(),
                EventType.of(notify.event()).wireName(),
                notify.callback().uri(),
                notify.time(),
                notify.notAfter(),
                body(next.serverCallId(), notify));
    }

    private String body(String serverCallId, Effect.Notify notify) {
        String version = notify.callback().apiVersion();
        if (version.equals(Callback.EVENT_GRID)) {
            return eventGrid.encode(serverCallId, notify);
        }
        return switch (ApiVersion.of(version).orElseThrow(() -> unknown(notify))) {
            case CALLING_SERVER_2021_06_15 -> callingServer.encode(serverCallId, notify);
        };
    }

    private static String withoutKeys(String serverCallId, String subscriptionId, Instant ringsUntil) {
        throw new IllegalStateException("the call " + serverCallId + " is offered without the access keys");
    }

    private static IllegalArgumentException unknown(Effect.Notify notify) {
        return new IllegalArgumentException(
                "a callback of an unknown api-version: " + notify.callback().apiVersion());
    }
}
