package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.ringback.aws.lambda.LambdaJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Each minute: wakes what was due and not done (design: storage, sweeper). */
public final class SweeperFunction implements RequestStreamHandler {
    private final Sweep sweep;

    public SweeperFunction() {
        this(new Wiring(SweeperFunction.class));
    }

    private SweeperFunction(Wiring wiring) {
        this(new Sweep(wiring.outbox(), wiring.pokes(), wiring.clock()));
    }

    SweeperFunction(Sweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        LambdaJson.read(input, ScheduledEvent.class);
        sweep.run(Deadline.of(context));
    }
}
