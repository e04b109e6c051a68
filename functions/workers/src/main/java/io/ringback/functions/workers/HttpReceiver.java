package io.ringback.functions.workers;

import io.ringback.core.port.Outbox;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.callingserver.Envelope;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OneShotBody;
import io.ringback.wire.outbound.OutboundHttp;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Posts events as native API §4 says: one attempt, signed, ten seconds, no redirect, only to allowed addresses.
 *
 * <p>Secrets that cannot be read are no answer of the receiver: then the attempt is not made, and throws.
 */
final class HttpReceiver implements Receiver {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final String RETRY_AFTER = "Retry-After";

    private final OutboundPolicy policy;
    private final Supplier<WebhookSigner> signer;
    private final InstantSource clock;
    private final OkHttpClient client;

    /** @param signer signs with the secrets that are live at this moment */
    HttpReceiver(OutboundPolicy policy, Supplier<WebhookSigner> signer, InstantSource clock) {
        this(policy, Network.REAL, signer, clock, TIME_LIMIT);
    }

    HttpReceiver(
            OutboundPolicy policy,
            Network network,
            Supplier<WebhookSigner> signer,
            InstantSource clock,
            Duration timeLimit) {
        this.policy = policy;
        this.signer = signer;
        this.clock = clock;
        this.client = OutboundHttp.client(policy, network)
                .callTimeout(timeLimit)
                .connectionPool(FreshConnections.pool())
                .addNetworkInterceptor(HttpReceiver::withoutOverflow)
                .build();
    }

    @Override
    public Answer post(Outbox.Item event) {
        URI destination = Objects.requireNonNull(event.destination(), "an event without a destination");
        Optional<String> objection = policy.objection(destination);
        if (objection.isPresent()) {
            return noAnswer("the callback URI " + objection.get());
        }
        HttpUrl url = HttpUrl.parse(destination.toString());
        if (url == null) {
            return noAnswer("the callback URI is no address that can be contacted");
        }
        Envelope envelope = Envelope.of(event.body());
        byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
        Request.Builder request =
                new Request.Builder().url(url).post(new OneShotBody(body, MediaType.get(envelope.contentType())));
        envelope.headers().forEach(request::header);
        signer.get().headers(event.id(), clock.instant(), body).forEach(request::header);
        Protocol protocol = Protocol.HTTP_1_1;
        try (Response response = client.newCall(request.build()).execute()) {
            protocol = response.protocol();
            String detail = response.isSuccessful() ? "" : beginning(response.body());
            return new Answer(response.code(), detail, retryAfter(response.header(RETRY_AFTER)));
        } catch (IOException e) {
            return noAnswer(e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            if (protocol == Protocol.HTTP_1_0) {
                // It closes its connections after each answer without saying so; OkHttp would use them again.
                client.connectionPool().evictAll();
            }
        }
    }

    /** OkHttp reads Retry-After too, and fails at more digits than an int has. */
    private static Response withoutOverflow(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String asked = response.header(RETRY_AFTER);
        return asked != null && asked.matches("[0-9]{10,}")
                ? response.newBuilder().header(RETRY_AFTER, "999999999").build()
                : response;
    }

    private static Answer noAnswer(String why) {
        return new Answer(0, why, Duration.ZERO);
    }

    /** As much of an answer as people need, if it comes; the status counts without it, and the rest is never read. */
    private static String beginning(ResponseBody body) {
        try {
            BufferedSource source = body.source();
            source.request(Outbox.Attempt.DETAIL_BYTES);
            byte[] bytes = source.readByteArray(
                    Math.min(Outbox.Attempt.DETAIL_BYTES, source.getBuffer().size()));
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "an answer that breaks off: " + e.getMessage();
        }
    }

    /** RFC 9110 §10.2.3: seconds or a date; what is neither is nothing. */
    private Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return Duration.ZERO;
        }
        if (header.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Integer.parseInt(header));
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            Duration left = Duration.between(clock.instant(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
