package io.ringback.local.trigger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.template.LocalNames;
import io.ringback.local.template.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** One schedule of one function: invokes it each time it is run. */
public final class ScheduledInvocation implements Runnable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Schedule schedule;
    private final FunctionRuntime function;
    private final LocalNames names;
    private final InstantSource clock;

    public ScheduledInvocation(Schedule schedule, FunctionRuntime function, LocalNames names, InstantSource clock) {
        this.schedule = schedule;
        this.function = function;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            // How it ended is in the runtime's log; a schedule does nothing about it, here as in the cloud.
            var unused = function.invoke(event().getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String event() {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.events");
        event.put("account", names.accountId());
        event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", names.region());
        event.putArray("resources").add(names.arn("events", "rule/" + schedule.name()));
        event.putObject("detail");
        return event.toString();
    }
}
