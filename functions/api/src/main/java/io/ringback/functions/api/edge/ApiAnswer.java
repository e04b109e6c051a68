package io.ringback.functions.api.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import io.ringback.wire.callingserver.Answers;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered.
 *
 * @param body text, or base64 of bytes
 * @param refusal what was refused, for the log; null for a success
 * @param serverCallId the call that was created, for the log; null when the path names it
 */
public record ApiAnswer(
        int status,
        Map<String, String> headers,
        String body,
        boolean base64,
        Decision.@Nullable Rejected refusal,
        @Nullable String serverCallId) {
    private static final String CONTENT_TYPE = "content-type";
    private static final String JSON = "application/json";
    private static final String RETRY_AFTER = "retry-after";
    /** A gateway's next heartbeat, and so its free slots, is 5 s away at most. */
    private static final String NEXT_HEARTBEAT = "5";

    public ApiAnswer {
        headers = Map.copyOf(headers);
    }

    public static ApiAnswer json(int status, String body) {
        return new ApiAnswer(status, Map.of(CONTENT_TYPE, JSON), body, false, null, null);
    }

    public static ApiAnswer empty(int status) {
        return new ApiAnswer(status, Map.of(), "", false, null, null);
    }

    public static ApiAnswer bytes(int status, String contentType, byte[] content) {
        String body = Base64.getEncoder().encodeToString(content);
        return new ApiAnswer(status, Map.of(CONTENT_TYPE, contentType), body, true, null, null);
    }

    /** The answer to a decision: an accepted one by its reply, a refused one as its error. */
    public static ApiAnswer of(Decision decision, Function<Reply, ApiAnswer> accepted) {
        if (decision instanceof Decision.Accepted change) {
            return accepted.apply(change.reply()).about(change.next().serverCallId());
        }
        return refused((Decision.Rejected) decision);
    }

    /** The one place where an error becomes an answer. */
    public static ApiAnswer refused(Decision.Rejected refusal) {
        ErrorCode code = refusal.code();
        ApiAnswer answer = new ApiAnswer(
                code.status(),
                Map.of(CONTENT_TYPE, JSON),
                Answers.error(code, refusal.message(), refusal.target()),
                false,
                refusal,
                null);
        return switch (code) {
            case TOO_MANY_CHANGES, UNAVAILABLE -> answer.with(RETRY_AFTER, "1");
            case NO_CAPACITY -> answer.with(RETRY_AFTER, NEXT_HEARTBEAT);
            case UNAUTHORIZED -> answer.with("www-authenticate", "HMAC-SHA256");
            default -> answer;
        };
    }

    public static ApiAnswer refused(ErrorCode code, String message, @Nullable String target) {
        return refused(new Decision.Rejected(code, message, target));
    }

    /** The answer to one of two same requests at once, before it becomes the answer to the other. */
    public static ApiAnswer overtakenByItself() {
        return refused(ErrorCode.CONFLICT, "the same request was carried out at the same time", null);
    }

    /** The answer that something which the path names is not there. */
    public static ApiAnswer notFound(String parameter, String id) {
        return refused(ErrorCode.NOT_FOUND, "there is no " + parameter + " " + id, parameter);
    }

    /** @param name in lower case */
    public ApiAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiAnswer(status, more, body, base64, refusal, serverCallId);
    }

    ApiAnswer about(String call) {
        return new ApiAnswer(status, headers, body, base64, refusal, call);
    }

    APIGatewayV2HTTPResponse response() {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(headers)
                .withBody(body)
                .withIsBase64Encoded(base64)
                .build();
    }
}
