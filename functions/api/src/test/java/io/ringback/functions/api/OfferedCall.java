package io.ringback.functions.api;

import io.ringback.aws.RandomIds;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** A call that comes in, from a number to one of ours. */
final class OfferedCall {
    private OfferedCall() {}

    /** It rings; a subscription is told of it, and the events have the context. */
    static ServerCall from(ApiBench bench, Identifier caller) {
        bench.succeed("create-event-subscription/everything");
        Identifier to = Identifier.ofPhoneNumber("+12025550190");
        String serverCallId = new RandomIds().newServerCallId();
        Instant until = bench.clock.instant().plusSeconds(60);
        MediaEvent offered =
                new MediaEvent.CallOffered(Origin.Kind.INCOMING, caller, "Ada", to, "caller-leg", null, until);
        bench.processor.begin(
                serverCallId,
                List.of(new MediaReport(serverCallId, ApiBench.GATEWAY, 1, bench.clock.instant(), offered)),
                Subscription.subscribers(bench.subscriptions.all(), List.of(to)));
        bench.pokes.take();
        bench.events.set(Events.SERVER_CALL, serverCallId);
        bench.events.set(Events.CONTEXT, contextOf(bench, serverCallId));
        return bench.call(serverCallId);
    }

    /** The context in the IncomingCall event that the first subscription is sent. */
    private static String contextOf(ApiBench bench, String serverCallId) {
        URI endpoint = bench.subscriptions.all().get(0).callback().uri();
        List<Outbox.Row> rows = bench.outbox
                .read(new StreamRef(serverCallId, Target.ofCallback(endpoint)), 1)
                .rows();
        return rows.get(0).items().stream()
                .filter(item -> item.type().endsWith(".IncomingCall"))
                .map(item -> item.body().replaceFirst(".*\"incomingCallContext\":\"([^\"]+)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
