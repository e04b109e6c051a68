package io.ringback.local.runtime;

import io.ringback.local.runtime.InvocationResult.Failed;
import io.ringback.local.runtime.InvocationResult.Returned;
import io.ringback.local.runtime.InvocationResult.TimedOut;
import io.ringback.local.template.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes one function. Instances are made when all others are busy and used again; one whose invocation timed out or
 * died of an {@link Error} is cut off and thrown away.
 */
public final class FunctionRuntime {
    /** Largest answer of a synchronous invocation, in bytes. */
    public static final int MAX_PAYLOAD = 6 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(FunctionRuntime.class);

    private final LambdaFunction function;
    private final Cloud cloud;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final Deque<ExecutionEnvironment> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger invocations = new AtomicInteger();

    /** @param threads run the handlers; interrupted at a time-out */
    public FunctionRuntime(LambdaFunction function, Cloud cloud, InstantSource clock, ExecutorService threads) {
        this.function = function;
        this.cloud = cloud;
        this.clock = clock;
        this.threads = threads;
    }

    public LambdaFunction function() {
        return function;
    }

    /** Whether none of its invocations runs. */
    public boolean isIdle() {
        return invocations.get() == 0;
    }

    /** Invokes and waits for the end. */
    public InvocationResult invoke(byte[] event) throws InterruptedException {
        invocations.incrementAndGet();
        try {
            return invokeNow(event);
        } finally {
            invocations.decrementAndGet();
        }
    }

    private InvocationResult invokeNow(byte[] event) throws InterruptedException {
        ExecutionEnvironment environment;
        try {
            environment = environment();
        } catch (RuntimeException e) {
            return failed(e);
        }
        String requestId = UUID.randomUUID().toString();
        Future<byte[]> running = threads.submit(() -> environment.invoke(event, requestId));
        try {
            byte[] payload = running.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS);
            idle.push(environment);
            return payload.length > MAX_PAYLOAD
                    ? new Failed("Function.ResponseSizeTooLarge", "The response is larger than 6 MB")
                    : new Returned(new String(payload, StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error) {
                environment.cut();
            } else {
                idle.push(environment);
            }
            Throwable cause = e.getCause();
            return failed(cause == null ? e : cause);
        } catch (TimeoutException e) {
            environment.cut();
            running.cancel(true);
            LOG.warn("{} request={} timed out after {}", function.logicalId(), requestId, function.timeout());
            return new TimedOut();
        }
    }

    private ExecutionEnvironment environment() {
        ExecutionEnvironment free = idle.poll();
        return free == null ? ExecutionEnvironment.initialize(function, cloud, clock) : free;
    }

    private InvocationResult failed(Throwable cause) {
        LOG.warn("{} failed", function.logicalId(), cause);
        return new Failed(cause.getClass().getName(), String.valueOf(cause.getMessage()));
    }
}
