package io.ringback.functions.api.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.ringback.aws.client.PassingFailures;
import io.ringback.aws.lambda.LambdaJson;
import io.ringback.core.decision.ErrorCode;
import io.ringback.wire.ApiVersion;
import io.ringback.wire.access.Access;
import io.ringback.wire.json.MalformedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The edge of the API: reads the event, lets in who may come in, hands the request to the operation unless it was carried
 * out before, makes an answer of whatever happens, and logs one line.
 */
public final class ApiEdge {
    /** Largest body of a request (native API §7). */
    static final int MAX_BODY = 256 * 1024;

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final String REQUEST_ID = "x-request-id";

    private final String operation;
    private final Authentication authentication;
    private final RequestLog log;
    private final InstantSource clock;
    private final @Nullable Repetitions repetitions;

    /**
     * The edge of an operation that may be repeated anyway.
     *
     * @param operation its name in the log
     */
    public ApiEdge(String operation, Authentication authentication, RequestLog log, InstantSource clock) {
        this(operation, authentication, log, clock, null);
    }

    /** The edge of an operation that is carried out once, however often its request comes; of a POST. */
    public ApiEdge(
            String operation,
            Authentication authentication,
            RequestLog log,
            InstantSource clock,
            @Nullable Repetitions repetitions) {
        this.operation = operation;
        this.authentication = authentication;
        this.log = log;
        this.clock = clock;
        this.repetitions = repetitions;
    }

    /** Serves one invocation. */
    public void serve(InputStream in, OutputStream out, ApiOperation handler) throws IOException {
        Instant start = clock.instant();
        ApiRequest request = ApiRequest.of(LambdaJson.read(in, APIGatewayV2HTTPEvent.class));
        ApiAnswer answer = answer(request, handler, start).with(REQUEST_ID, request.requestId());
        log.request(RequestLine.of(operation, request, answer, Duration.between(start, clock.instant())));
        LambdaJson.write(answer.response(), out);
    }

    private ApiAnswer answer(ApiRequest request, ApiOperation handler, Instant now) {
        return mapped(request, () -> {
            Optional<ApiAnswer> refusal = refusal(request);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return repetitions == null
                    ? handler.answer(request)
                    : repetitions.answer(
                            request, now, repeatable -> mapped(repeatable, () -> handler.answer(repeatable)));
        });
    }

    /** The one place where an exception becomes an answer. */
    private ApiAnswer mapped(ApiRequest request, Answering answering) {
        try {
            return answering.answer();
        } catch (MalformedRequest e) {
            return ApiAnswer.refused(ErrorCode.MALFORMED, e.reason(), e.target());
        } catch (IOException | RuntimeException e) {
            log.failure("requestId=" + request.requestId() + " operation=" + operation + " failed", e);
            return failed(request, e);
        }
    }

    /** A step towards the answer. */
    @FunctionalInterface
    private interface Answering {
        ApiAnswer answer() throws IOException;
    }

    /** What is told of a failure of ours: whether asking again helps, and where more stands. */
    private static ApiAnswer failed(ApiRequest request, Exception failure) {
        String more = "; the log has more under request id " + request.requestId();
        return PassingFailures.isPassing(failure)
                ? ApiAnswer.refused(
                        ErrorCode.UNAVAILABLE,
                        "a service that this one needs does not answer now, and the request may have been carried out;"
                                + " try again, with the same Repeatability-Request-ID if there was one" + more,
                        null)
                : ApiAnswer.refused(ErrorCode.INTERNAL, "something went wrong here, not with the request" + more, null);
    }

    /** Why the request does not even reach its operation, if so. */
    private Optional<ApiAnswer> refusal(ApiRequest request) {
        if (authentication.check(request) instanceof Access.Denied denied) {
            return Optional.of(ApiAnswer.refused(ErrorCode.UNAUTHORIZED, denied.message(), "Authorization"));
        }
        if (request.apiVersion().isEmpty()) {
            String served =
                    Arrays.stream(ApiVersion.values()).map(ApiVersion::wireName).collect(Collectors.joining(", "));
            return Optional.of(ApiAnswer.refused(
                    ErrorCode.MALFORMED,
                    "the api-version " + request.askedVersion() + " is not served; accepted: " + served,
                    "api-version"));
        }
        if (request.bodyLength() > MAX_BODY) {
            return Optional.of(ApiAnswer.refused(
                    ErrorCode.TOO_LARGE,
                    "the body has " + request.bodyLength() + " bytes; at most " + MAX_BODY + " are accepted",
                    null));
        }
        String type = request.header("content-type").orElse("missing");
        if (request.bodyLength() > 0
                && !JSON_TYPE.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of(ApiAnswer.refused(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "the content type is " + type + "; accepted: application/json",
                    "Content-Type"));
        }
        return Optional.empty();
    }
}
