package io.ringback.local.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.local.template.LambdaFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One instance of a function; used for one invocation at a time. */
final class ExecutionEnvironment {
    private final LambdaFunction function;
    private final RequestStreamHandler handler;
    private final Cut cut;
    private final InstantSource clock;

    private ExecutionEnvironment(LambdaFunction function, RequestStreamHandler handler, Cut cut, InstantSource clock) {
        this.function = function;
        this.handler = handler;
        this.cut = cut;
        this.clock = clock;
    }

    /** Builds the function's class. What its constructor throws is thrown as the cause. */
    static ExecutionEnvironment initialize(LambdaFunction function, Cloud cloud, InstantSource clock) {
        Cut cut = new Cut();
        LocalSurroundings surroundings = new LocalSurroundings(function, cloud, cut, clock);
        RequestStreamHandler handler =
                LocalSurroundingsProvider.building(surroundings, () -> construct(function.handler()));
        return new ExecutionEnvironment(function, handler, cut, clock);
    }

    byte[] invoke(byte[] event, String requestId) throws IOException {
        Instant deadline = clock.instant().plus(function.timeout());
        LocalContext context =
                new LocalContext(function.logicalId(), requestId, () -> Duration.between(clock.instant(), deadline));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event), output, context);
        return output.toByteArray();
    }

    /** No client of this environment gets through from now on. */
    void cut() {
        cut.make();
    }

    private static RequestStreamHandler construct(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(RequestStreamHandler.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + " cannot be built", e);
        }
    }
}
