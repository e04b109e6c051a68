package io.ringback.gateway.control;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways.Slots;
import io.ringback.gateway.call.CallSnapshot;
import io.ringback.gateway.call.Calls;
import io.ringback.gateway.guard.FailedLogins;
import io.ringback.gateway.journal.Journal;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import io.ringback.wire.json.Json;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control API's server. An order is answered as soon as it is in the journal, never later than what comes of it. */
public final class ControlApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);

    /** The longest order is a text to speak; the domain allows far less. */
    private static final long MAX_BODY_BYTES = 64 * 1024;

    private static final int MAX_THREADS = 16;
    private static final Duration SNAPSHOT_TIMEOUT = Duration.ofSeconds(1);

    private final Calls calls;
    private final Journal journal;
    private final ControlGuard guard;
    private final State state;
    private final Javalin server;

    /**
     * How the gateway is.
     *
     * @param ready false while calls cannot be carried
     * @param gauges counters and gauges by name
     */
    public record State(BooleanSupplier ready, Supplier<Map<String, Long>> gauges) {}

    /**
     * Starts the server.
     *
     * @param address where it listens; port 0 takes a free one
     * @param guard who may use it
     */
    public ControlApi(InetSocketAddress address, ControlGuard guard, Calls calls, Journal journal, State state) {
        this.calls = calls;
        this.journal = journal;
        this.guard = guard;
        this.state = state;
        this.server = Javalin.create(this::configure).start(address.getHostString(), address.getPort());
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2, 60_000);
        threads.setName("control");
        config.jetty.threadPool = threads;
        config.http.maxRequestSize = MAX_BODY_BYTES;
        config.startup.showJavalinBanner = false;
        config.routes.beforeMatched(this::authenticate);
        config.routes.put("/calls/{call}", this::order);
        config.routes.put("/calls/{call}/legs/{id}", this::order);
        config.routes.put("/calls/{call}/operations/{id}", this::order);
        config.routes.put("/calls/{call}/recordings/{id}", this::order);
        config.routes.get("/calls/{call}", this::snapshot);
        config.routes.get("/calls/{call}/events", this::events);
        config.routes.get("/health", this::health);
        config.routes.get("/gauges", context -> json(context, state.gauges().get()));
        config.routes.exception(
                IllegalArgumentException.class,
                (e, context) -> error(context, 400, "malformed", String.valueOf(e.getMessage())));
        config.routes.exception(UncheckedIOException.class, (e, context) -> {
            LOG.error("the journal cannot be written", e);
            notReady(context, "the journal cannot be written");
        });
        config.routes.exception(
                HttpResponseException.class,
                (e, context) -> error(context, e.getStatus(), "refused", String.valueOf(e.getMessage())));
    }

    private void authenticate(Context context) {
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        switch (guard.judge(context.ip(), given)) {
            case LET_IN -> {
                // Its handler answers.
            }
            case WRONG -> sendAway(context, 401, "unauthorized", "the control token is missing or wrong");
            case SENT_AWAY -> {
                context.header("Retry-After", Long.toString(FailedLogins.WINDOW.toSeconds()));
                context.header("Connection", "close");
                sendAway(context, 429, "tooManyFailures", "the control token was wrong too often");
            }
        }
    }

    private static void sendAway(Context context, int status, String code, String message) {
        error(context, status, code, message);
        context.skipRemainingHandlers();
    }

    private void order(Context context) {
        CommandEnvelope envelope = GatewayProtocol.decodeCommand(context.body());
        if (!context.path().equals(GatewayProtocol.path(envelope))) {
            throw new IllegalArgumentException("the path does not name what the command is about");
        }
        if (!state.ready().getAsBoolean()) {
            notReady(context, "the gateway cannot carry calls now");
            return;
        }
        switch (calls.order(envelope)) {
            case ACCEPTED -> json(context, Map.of("status", "accepted"));
            case ALREADY_APPLIED -> json(context, Map.of("status", "alreadyApplied"));
            case EPOCH_MISMATCH ->
                error(context, 409, "epochMismatch", "the call is pinned to another life of a gateway");
        }
    }

    private void snapshot(Context context) {
        String id = context.pathParam("call");
        context.future(() -> calls.snapshot(id)
                .orTimeout(SNAPSHOT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(snapshot -> snapshot.ifPresentOrElse(
                        (CallSnapshot found) -> json(context, found),
                        () -> error(context, 404, "notFound", "no such call here"))));
    }

    private void events(Context context) {
        long after;
        try {
            after = Long.parseLong(
                    Optional.ofNullable(context.queryParam("after")).orElse("0"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after is not a number", e);
        }
        context.contentType("application/json")
                .result(GatewayProtocol.encodeEvents(journal.eventsAfter(context.pathParam("call"), after)));
    }

    private void health(Context context) {
        GatewayRef life = calls.life();
        Slots room = calls.census().legs();
        json(
                context,
                new Health(life.gatewayId(), life.epoch(), state.ready().getAsBoolean(), room.load(), room.capacity()));
    }

    private record Health(String gatewayId, String epoch, boolean ready, int legs, int capacity) {}

    private static void notReady(Context context, String message) {
        context.header("Retry-After", "1");
        error(context, 503, "notReady", message);
    }

    private static void error(Context context, int status, String code, String message) {
        context.status(status);
        json(context, Map.of("error", Map.of("code", code, "message", message)));
    }

    private static void json(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }
}
