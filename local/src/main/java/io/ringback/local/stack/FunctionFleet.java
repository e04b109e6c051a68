package io.ringback.local.stack;

import static java.util.stream.Collectors.toMap;

import io.ringback.local.http.HttpApi;
import io.ringback.local.http.InvokeApi;
import io.ringback.local.runtime.Cloud;
import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.template.LambdaFunction;
import io.ringback.local.template.LocalNames;
import io.ringback.local.template.QueueSource;
import io.ringback.local.template.Schedule;
import io.ringback.local.template.Template;
import io.ringback.local.trigger.Handover;
import io.ringback.local.trigger.QueuePoller;
import io.ringback.local.trigger.ScheduledInvocation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Every function of the template, and what triggers it. */
final class FunctionFleet implements AutoCloseable {
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Map<String, FunctionRuntime> functions = new LinkedHashMap<>();
    private final LocalNames names;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final List<QueuePoller> pollers = new ArrayList<>();
    private final List<Future<?>> schedules = new ArrayList<>();

    FunctionFleet(
            Template template,
            Map<String, String> overrides,
            Cloud cloud,
            InstantSource clock,
            ExecutorService threads) {
        this.names = cloud.names();
        this.clock = clock;
        this.threads = threads;
        for (LambdaFunction function : template.functions()) {
            functions.put(
                    function.logicalId(), new FunctionRuntime(function.overriding(overrides), cloud, clock, threads));
        }
    }

    /** @param accessKeys those that are live when somebody asks */
    InvokeApi invokeApi(Supplier<List<String>> accessKeys) {
        return new InvokeApi(functions, accessKeys);
    }

    HttpApi api(HttpApi.Observer observer) {
        return new HttpApi(
                functions.values().stream()
                        .flatMap(function ->
                                function.function().routes().stream().map(route -> Map.entry(route, function)))
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
                clock,
                observer);
    }

    void startPollers(SqsClient sqs, Handover handover) {
        for (FunctionRuntime function : functions.values()) {
            for (QueueSource source : function.function().queues()) {
                QueuePoller poller = new QueuePoller(
                        source, names.queueUrl(source.queueName()), names.region(), function, handover, sqs, threads);
                pollers.add(poller);
                poller.start();
            }
        }
    }

    /**
     * Starts schedules, each with a first invocation at once: a restart finds what an earlier life left undone.
     *
     * @param wanted functions whose schedules are switched on
     */
    void startSchedules(ScheduledExecutorService timer, Predicate<String> wanted) {
        functions.forEach((name, function) -> {
            if (wanted.test(name)) {
                for (Schedule schedule : function.function().schedules()) {
                    schedules.add(timer.scheduleAtFixedRate(
                            new ScheduledInvocation(schedule, function, names, clock),
                            0,
                            schedule.rate().toMillis(),
                            TimeUnit.MILLISECONDS));
                }
            }
        });
    }

    /** Nothing triggers the functions any more; what runs has a moment to end, for soon there is no cloud around it. */
    @Override
    public void close() {
        schedules.forEach(schedule -> schedule.cancel(false));
        // All of them first, so that their last requests end side by side.
        pollers.forEach(QueuePoller::stop);
        pollers.forEach(QueuePoller::close);
        long end = System.nanoTime() + LAST_MOMENT.toNanos();
        while (!functions.values().stream().allMatch(FunctionRuntime::isIdle) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
