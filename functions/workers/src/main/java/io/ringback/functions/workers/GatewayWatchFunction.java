package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.ringback.aws.lambda.LambdaJson;
import io.ringback.core.port.CallStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Each minute: fences a gateway that is lost and ends its calls (telephony §2). */
public final class GatewayWatchFunction implements RequestStreamHandler {
    private final GatewayWatch watch;

    public GatewayWatchFunction() {
        this(new Wiring(GatewayWatchFunction.class));
    }

    private GatewayWatchFunction(Wiring wiring) {
        this(wiring, wiring.calls());
    }

    private GatewayWatchFunction(Wiring wiring, CallStore calls) {
        this(new GatewayWatch(
                wiring.gateways(), wiring.gatewayControl(), calls, wiring.processor(calls), wiring.clock()));
    }

    GatewayWatchFunction(GatewayWatch watch) {
        this.watch = watch;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        LambdaJson.read(input, ScheduledEvent.class);
        watch.run(Deadline.of(context));
    }
}
