package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Woken by pokes of media streams: hands a call's media commands to its gateway (telephony §3). */
public final class MediaWorkerFunction implements RequestStreamHandler {
    private final QueueConsumer<?, ?> consumer;

    public MediaWorkerFunction() {
        this(Wiring.rehearsed(MediaWorkerFunction.class, RehearsedMessage.poke(MediaWorkerFunction::new)));
    }

    private MediaWorkerFunction(Wiring wiring) {
        this(new QueueConsumer<>(
                new CommandRelay(
                        wiring.outbox(),
                        wiring.pokes(),
                        new GatewayDirectory(wiring.gateways(), wiring.clock()),
                        wiring.gatewayControl(),
                        wiring.processor(wiring.calls()),
                        wiring.clock()),
                wiring.visibility("RINGBACK_MEDIA_COMMANDS_QUEUE")));
    }

    MediaWorkerFunction(QueueConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        QueueHandler.handle(consumer, input, output, context);
    }
}
