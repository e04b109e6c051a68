package io.ringback.functions.workers;

import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import io.ringback.wire.log.Masked;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control API over HTTP: two seconds for each request, the token with it, answers of at most 4 MiB. */
final class HttpGatewayControl implements GatewayControl {
    private static final Logger LOG = LoggerFactory.getLogger(HttpGatewayControl.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);
    private static final long LONGEST_ANSWER = 4L << 20;
    private static final int LONGEST_MESSAGE = 200;
    private static final String EPOCH_MISMATCH = "epochMismatch";

    private final ControlToken token;
    private final OkHttpClient client;

    HttpGatewayControl(ControlToken token) {
        this.token = token;
        this.client = new OkHttpClient.Builder()
                .callTimeout(TIME_LIMIT)
                .connectionPool(FreshConnections.pool())
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .build();
    }

    @Override
    public Reply send(Gateway gateway, CommandEnvelope command) {
        byte[] body = GatewayProtocol.encode(command).getBytes(StandardCharsets.UTF_8);
        try {
            return reply(
                    exchange(request(gateway, GatewayProtocol.path(command)).put(RequestBody.create(body, JSON))));
        } catch (IOException e) {
            return new Reply.Unavailable(0, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<List<MediaReport>> events(Gateway gateway, String serverCallId, long after) {
        try {
            Got got = exchange(request(gateway, "/calls/" + serverCallId + "/events?after=" + after));
            if (got.status() == 200) {
                return Optional.of(GatewayProtocol.decodeEvents(got.text()));
            }
            LOG.warn("serverCallId={}: the gateway answers {} when asked for events", serverCallId, got.status());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "serverCallId={}: the gateway could not be asked for events: {}",
                    serverCallId,
                    Masked.text(String.valueOf(e)));
        }
        return Optional.empty();
    }

    @Override
    public boolean isAlive(Gateway gateway) {
        try {
            return exchange(request(gateway, "/health")).status() == 200;
        } catch (IOException e) {
            LOG.warn("gateway={}: no answer to a probe: {}", gateway.ref().gatewayId(), Masked.text(String.valueOf(e)));
            return false;
        }
    }

    private static Reply reply(Got got) {
        String message =
                got.text().length() <= LONGEST_MESSAGE ? got.text() : got.text().substring(0, LONGEST_MESSAGE);
        if (got.status() == 200) {
            return new Reply.Accepted();
        } else if (got.status() == 409 && got.text().contains(EPOCH_MISMATCH)) {
            return new Reply.EpochMismatch();
        } else if (got.status() >= 400 && got.status() < 500 && got.status() != 401 && got.status() != 429) {
            return new Reply.Refused(got.status(), message);
        }
        return new Reply.Unavailable(got.status(), message);
    }

    /**
     * One exchange; a refused token may have been rotated, so it is read anew and tried once more. 429 is for wrong tokens
     * too, where others behind our address have shown theirs before.
     */
    private Got exchange(Request.Builder request) throws IOException {
        Got got = exchange(request, token.current());
        return got.status() == 401 || got.status() == 429 ? exchange(request, token.fresh()) : got;
    }

    private Got exchange(Request.Builder request, String bearer) throws IOException {
        try (Response response = client.newCall(
                        request.header("Authorization", "Bearer " + bearer).build())
                .execute()) {
            BufferedSource source = response.body().source();
            if (source.request(LONGEST_ANSWER + 1)) {
                throw new IOException("an answer of more than " + LONGEST_ANSWER + " bytes");
            }
            return new Got(response.code(), source.readUtf8());
        }
    }

    private static Request.Builder request(Gateway gateway, String path) {
        String base = gateway.control().toString();
        return new Request.Builder().url((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private record Got(int status, String text) {}
}
