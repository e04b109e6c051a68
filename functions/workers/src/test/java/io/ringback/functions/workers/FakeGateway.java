package io.ringback.functions.workers;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;

/** The control API of a gateway, over HTTP and with its rules: token, epoch, numbers, events after n. */
final class FakeGateway implements AutoCloseable {
    static final String TOKEN = "a-control-token";
    static final GatewayRef LIFE = new GatewayRef("gw-1", "01KJPQ4Y000000000000000000");
    static final GatewayRef NEXT_LIFE = new GatewayRef("gw-1", "01KJPQ8Y000000000000000000");

    private final MockWebServer server = new MockWebServer();
    private final List<CommandEnvelope> taken = new ArrayList<>();
    private final Map<String, Long> highest = new HashMap<>();
    private final List<MediaReport> journal = new ArrayList<>();
    private GatewayRef life = LIFE;
    private int status;
    private boolean silent;
    private int requests;

    FakeGateway() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    /** Its row, with a heartbeat of this moment. */
    synchronized Gateway row(Instant heartbeatAt) {
        return new Gateway(life, server.url("/").uri(), 0, 100, false, false, heartbeatAt);
    }

    /** From now on it lives in this epoch. */
    synchronized void restart(GatewayRef next) {
        life = next;
    }

    /** From now on every request is answered with this status; 0 for as usual. */
    synchronized void answerAlways(int failure) {
        status = failure;
    }

    /** From now on connections break without an answer, or not. */
    synchronized void silent(boolean broken) {
        silent = broken;
    }

    /** Puts a report into its journal. */
    synchronized void report(MediaReport report) {
        journal.add(report);
    }

    /** What it accepted, in order. */
    synchronized List<MediaCommand> commands() {
        return taken.stream().map(CommandEnvelope::command).toList();
    }

    synchronized int requests() {
        return requests;
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        requests++;
        if (silent) {
            return new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();
        }
        if (status != 0) {
            return json(status, "{\"error\":{\"code\":\"asTold\",\"message\":\"nothing leads to +15555550100\"}}");
        }
        if (!("Bearer " + TOKEN).equals(request.getHeaders().get("Authorization"))) {
            return json(401, "{\"error\":{\"code\":\"unauthorized\"}}");
        }
        HttpUrl url = request.getUrl();
        if (request.getMethod().equals("PUT")) {
            return order(url, Objects.requireNonNull(request.getBody()).utf8());
        }
        return url.encodedPath().equals("/health") ? json(200, "{}") : events(url);
    }

    private MockResponse order(HttpUrl url, String body) {
        CommandEnvelope envelope = GatewayProtocol.decodeCommand(body);
        if (!url.encodedPath().equals(GatewayProtocol.path(envelope))) {
            return json(400, "{\"error\":{\"code\":\"malformed\"}}");
        }
        if (!envelope.gateway().equals(life)) {
            return json(409, "{\"error\":{\"code\":\"epochMismatch\"}}");
        }
        if (envelope.sequence() <= highest.getOrDefault(envelope.serverCallId(), 0L)) {
            return json(200, "{\"status\":\"alreadyApplied\"}");
        }
        highest.put(envelope.serverCallId(), envelope.sequence());
        taken.add(envelope);
        return json(200, "{\"status\":\"accepted\"}");
    }

    private MockResponse events(HttpUrl url) {
        long after = Long.parseLong(Objects.requireNonNull(url.queryParameter("after")));
        String call = url.pathSegments().get(1);
        return json(
                200,
                GatewayProtocol.encodeEvents(journal.stream()
                        .filter(report -> report.serverCallId().equals(call) && report.number() > after)
                        .toList()));
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
