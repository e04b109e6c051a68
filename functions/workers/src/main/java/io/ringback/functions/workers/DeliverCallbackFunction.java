package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;

/** Woken by pokes of delivery streams: delivers their events (native API §4). */
public final class DeliverCallbackFunction implements RequestStreamHandler {
    private final QueueConsumer<?, ?> consumer;

    public DeliverCallbackFunction() {
        this(new Wiring(DeliverCallbackFunction.class));
    }

    private DeliverCallbackFunction(Wiring wiring) {
        this(QueueConsumer.takingMore(
                new CallbackDelivery(
                        wiring.outbox(),
                        wiring.callbackPokes(),
                        new Attempts(
                                new HttpReceiver(
                                        OutboundPolicy.of(wiring.setting("RINGBACK_OUTBOUND")),
                                        wiring.webhookSigner(),
                                        wiring.clock()),
                                wiring.circuitBreaker(),
                                new RetrySchedule(
                                        () -> ThreadLocalRandom.current().nextDouble()),
                                new Ringing(wiring.calls()),
                                wiring.clock()),
                        wiring.clock()),
                wiring.inbox("RINGBACK_CALLBACKS_QUEUE")));
    }

    DeliverCallbackFunction(QueueConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        QueueHandler.handle(consumer, input, output, context);
    }
}
