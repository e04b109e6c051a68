package io.ringback.functions.api.directory;

import io.ringback.core.port.Ids;
import io.ringback.wire.callingserver.EventGridHandshake;
import io.ringback.wire.outbound.OutboundHttp;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Asks an endpoint whether it wants events in the Event Grid envelope, as Event Grid's webhooks are asked (native API
 * §5). Only the answer itself counts: a link to follow later is not offered.
 */
public final class EndpointConsent {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_ANSWER = 16 * 1024;
    private static final int OK = 200;

    private final Ids ids;
    private final InstantSource clock;
    private final OkHttpClient client;

    public EndpointConsent(OutboundPolicy policy, Ids ids, InstantSource clock) {
        this(policy, ids, clock, TIME_LIMIT);
    }

    EndpointConsent(OutboundPolicy policy, Ids ids, InstantSource clock, Duration timeLimit) {
        this.ids = ids;
        this.clock = clock;
        this.client = OutboundHttp.client(policy).callTimeout(timeLimit).build();
    }

    /** Why the endpoint's answer is no consent, or empty when it is. */
    public Optional<String> objection(URI endpoint) {
        EventGridHandshake handshake = new EventGridHandshake(ids.newId(), ids.newId(), clock.instant());
        Request request;
        try {
            request = new Request.Builder()
                    .url(endpoint.toString())
                    .header(EventGridHandshake.HEADER, EventGridHandshake.HEADER_VALUE)
                    .post(RequestBody.create(
                            handshake.body().getBytes(StandardCharsets.UTF_8),
                            MediaType.get(EventGridHandshake.CONTENT_TYPE)))
                    .build();
        } catch (IllegalArgumentException e) {
            return Optional.of("is no address that can be contacted");
        }
        try (Response response = client.newCall(request).execute()) {
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
