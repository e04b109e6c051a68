package io.ringback.functions.api.directory;

import io.ringback.core.port.Ids;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.callingserver.EventGridHandshake;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OneShotBody;
import io.ringback.wire.outbound.OutboundHttp;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Asks an endpoint whether it wants events in the Event Grid envelope, as Event Grid's webhooks are asked (native API
 * §5). Only the answer itself counts: a link to follow later is not offered. The question is signed like every event, so
 * that an endpoint can verify whatever it is sent.
 */
public final class EndpointConsent {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_ANSWER = 16 * 1024;
    private static final int OK = 200;

    private final Supplier<WebhookSigner> signer;
    private final Ids ids;
    private final InstantSource clock;
    private final OkHttpClient client;

    /** @param signer signs with the secrets that are live at this moment */
    public EndpointConsent(OutboundPolicy policy, Supplier<WebhookSigner> signer, Ids ids, InstantSource clock) {
        this(policy, Network.REAL, signer, ids, clock, TIME_LIMIT);
    }

    EndpointConsent(
            OutboundPolicy policy,
            Network network,
            Supplier<WebhookSigner> signer,
            Ids ids,
            InstantSource clock,
            Duration timeLimit) {
        this.signer = signer;
        this.ids = ids;
        this.clock = clock;
        this.client = OutboundHttp.client(policy, network)
                .callTimeout(timeLimit)
                // Each question on a connection of its own: what else comes over one answers no other.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }

    /** Why the endpoint's answer is no consent, or empty when it is. */
    public Optional<String> objection(URI endpoint) {
        EventGridHandshake handshake = new EventGridHandshake(ids.newId(), ids.newId(), clock.instant());
        HttpUrl url = HttpUrl.parse(endpoint.toString());
        if (url == null) {
            return Optional.of("is no address that can be contacted");
        }
        byte[] body = handshake.body().getBytes(StandardCharsets.UTF_8);
        Request.Builder request = new Request.Builder()
                .url(url)
                .header(EventGridHandshake.HEADER, EventGridHandshake.HEADER_VALUE)
                .post(new OneShotBody(body, MediaType.get(EventGridHandshake.CONTENT_TYPE)));
        signer.get().headers(handshake.id(), handshake.time(), body).forEach(request::header);
        try (Response response = client.newCall(request.build()).execute()) {
            if (response.code() != OK) {
                return Optional.of("answered the validation event with " + response.code() + "; 200 is accepted");
            }
            return handshake.isAnsweredBy(text(response))
                    ? Optional.empty()
                    : Optional.of("did not answer the validation event with its code; accepted is"
                            + " {\"validationResponse\": \"<data.validationCode>\"}");
        } catch (IOException e) {
            return Optional.of("did not answer the validation event: " + e.getMessage());
        }
    }

    /** The body, if it is as short as an answer to this question is. */
    private static String text(Response response) throws IOException {
        BufferedSource body = response.body().source();
        return body.request(MAX_ANSWER) ? "" : body.readString(StandardCharsets.UTF_8);
    }
}
