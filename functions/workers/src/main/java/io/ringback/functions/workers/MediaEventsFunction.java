package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Woken by a gateway's reports: applies them to their calls (telephony §3). */
public final class MediaEventsFunction implements RequestStreamHandler {
    private final QueueConsumer<?, ?> consumer;

    public MediaEventsFunction() {
        this(Wiring.rehearsed(MediaEventsFunction.class, RehearsedMessage.report(MediaEventsFunction::new)));
    }

    private MediaEventsFunction(Wiring wiring) {
        this(new QueueConsumer<>(
                new ReportIntake(
                        wiring.processor(wiring.callsThatAnnounceAll()),
                        wiring.subscriptions(),
                        new GatewayDirectory(wiring.gateways(), wiring.clock()),
                        wiring.gatewayControl()),
                wiring.visibility("RINGBACK_MEDIA_EVENTS_QUEUE")));
    }

    MediaEventsFunction(QueueConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        QueueHandler.handle(consumer, input, output, context);
    }
}
