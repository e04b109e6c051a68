package io.ringback.functions.api.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.ringback.core.application.AnswerKeeper;
import io.ringback.core.call.Callback;
import io.ringback.core.decision.Reply;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.ApiVersion;
import io.ringback.wire.access.SignedRequest;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.repeat.AnswerSeal;
import io.ringback.wire.repeat.Repeatability;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as an HTTP API of API Gateway hands it over (payload format 2.0). */
public final class ApiRequest {
    private static final String VERSION = "api-version";
    private static final String NO_ROUTE = "$default";
    /** A name, an address or an IPv6 address in brackets, and a port. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private final APIGatewayV2HTTPEvent event;
    private final byte[] body;
    private final @Nullable RepeatableRequest repeatable;

    private ApiRequest(APIGatewayV2HTTPEvent event, byte[] body, @Nullable RepeatableRequest repeatable) {
        this.event = event;
        this.body = body;
        this.repeatable = repeatable;
    }

    static ApiRequest of(APIGatewayV2HTTPEvent event) {
        return new ApiRequest(event, body(event), null);
    }

    /** The same request, known to be one that may come again. */
    ApiRequest repeatable(Repeatability.Repeatable headers, Instant now, AnswerSeal seal) {
        return new ApiRequest(
                event, body, new RepeatableRequest(headers, method(), path(), askedVersion(), body, now, seal));
    }

    Optional<RepeatableRequest> repeatable() {
        return Optional.ofNullable(repeatable);
    }

    /**
     * What has to be kept of the answer to an accepted command, in the transaction that carries it out.
     *
     * @param accepted makes the answer; asked again when it is given
     */
    public AnswerKeeper keeper(Function<Reply, ApiAnswer> accepted) {
        RepeatableRequest kept = repeatable;
        return kept == null
                ? AnswerKeeper.NOTHING
                : (reply, call, streams) -> kept.keep(accepted.apply(reply).about(call), streams);
    }

    /** The same for what changes no call: null when this request will not come again. */
    public @Nullable FirstAnswer firstAnswer(ApiAnswer answer) {
        return firstAnswer(answer, List.of());
    }

    /**
     * The same for what changes no call and wakes streams.
     *
     * @param streams woken again when the request comes again
     */
    public @Nullable FirstAnswer firstAnswer(ApiAnswer answer, List<StreamRef> streams) {
        return repeatable == null ? null : repeatable.keep(answer, streams);
    }

    public String method() {
        return event.getRequestContext().getHttp().getMethod();
    }

    /** The path, percent-decoded. */
    public String path() {
        return event.getRawPath();
    }

    /** A parameter of the route's path, decoded. */
    public String parameter(String name) {
        return optionalParameter(name)
                .orElseThrow(() -> new IllegalStateException("the route has no parameter " + name));
    }

    /** True when the path names a server call by itself and not by a connection to it (native API §2). */
    public boolean isOutOfCall() {
        return optionalParameter("serverCallId").isPresent();
    }

    public Optional<String> optionalParameter(String name) {
        return Optional.ofNullable(orEmpty(event.getPathParameters()).get(name));
    }

    /** A parameter of the query, decoded. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(orEmpty(event.getQueryStringParameters()).get(name));
    }

    /** A header; API Gateway has put all names into lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(orEmpty(event.getHeaders()).get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body, which has to be a JSON object. */
    public JsonBody json() {
        return JsonBody.parse(body);
    }

    /** The body, which has to be a JSON object or empty. */
    public JsonBody optionalJson() {
        return JsonBody.parseOptional(body);
    }

    int bodyLength() {
        return body.length;
    }

    /** The version that was asked for; empty when it is not served. */
    Optional<ApiVersion> apiVersion() {
        return query(VERSION).map(ApiVersion::of).orElse(Optional.of(ApiVersion.DEFAULT));
    }

    String askedVersion() {
        return query(VERSION).orElse(ApiVersion.DEFAULT.wireName());
    }

    /** A callback that is told in the dialect of this request. */
    public Callback callback(URI uri) {
        return new Callback(uri, askedVersion());
    }

    /** The address under which the client reached us, e.g. {@code https://calls.example.com}. */
    public URI origin() {
        String scheme = header("x-forwarded-proto").filter("http"::equals).orElse("https");
        return header("host")
                .filter(host -> HOST.matcher(host).matches())
                .flatMap(host -> uri(scheme + "://" + host))
                .orElseGet(() ->
                        URI.create(scheme + "://" + event.getRequestContext().getDomainName()));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            // Brackets with something else than an address in them.
            return Optional.empty();
        }
    }

    String requestId() {
        return Objects.requireNonNullElse(event.getRequestContext().getRequestId(), "-");
    }

    String sourceIp() {
        return Objects.requireNonNullElse(event.getRequestContext().getHttp().getSourceIp(), "");
    }

    SignedRequest signed() {
        return new SignedRequest(
                method(),
                path(),
                route(),
                orEmpty(event.getPathParameters()),
                Objects.requireNonNullElse(event.getRawQueryString(), ""),
                orEmpty(event.getHeaders()),
                SignedRequest.contentHash(body));
    }

    /** The path of the matched route, without the method before it. */
    private @Nullable String route() {
        String key = event.getRouteKey();
        return key == null || key.equals(NO_ROUTE) ? null : key.substring(key.indexOf(' ') + 1);
    }

    private static byte[] body(APIGatewayV2HTTPEvent event) {
        String text = event.getBody();
        if (text == null) {
            return new byte[0];
        }
        return event.getIsBase64Encoded() ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
