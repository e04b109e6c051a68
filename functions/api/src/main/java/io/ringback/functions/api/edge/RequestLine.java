package io.ringback.functions.api.edge;

import io.ringback.core.call.CallIds;
import io.ringback.core.decision.Decision;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log line of a request. Phone numbers in it are masked: logs are read by more people than calls. */
final class RequestLine {
    private static final Pattern NUMBER =
            Pattern.compile("(\\+|%2B|(?<![A-Za-z0-9_-]))([0-9]{3})[0-9]{2,10}([0-9]{2})(?![A-Za-z0-9_-])");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_DETAIL = 300;

    private RequestLine() {}

    static String of(String operation, ApiRequest request, ApiAnswer answer, Duration duration) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "requestId=%s operation=%s status=%d durationMs=%d",
                request.requestId(),
                operation,
                answer.status(),
                duration.toMillis()));
        serverCallId(request, answer)
                .ifPresent(id -> line.append(" serverCallId=").append(id));
        Decision.Rejected refusal = answer.refusal();
        if (refusal != null) {
            line.append(" code=").append(refusal.code().code());
            line.append(" target=").append(masked(String.valueOf(refusal.target())));
            line.append(" message=\"").append(masked(refusal.message())).append('"');
        }
        return line.toString();
    }

    /** The call by the answer, else by the ids in the path, as far as they have the shape of ids. */
    private static Optional<String> serverCallId(ApiRequest request, ApiAnswer answer) {
        return Optional.ofNullable(answer.serverCallId())
                .or(() -> request.optionalParameter("serverCallId").flatMap(CallIds::serverCall))
                .or(() -> request.optionalParameter("callConnectionId").flatMap(CallIds::serverCallOf));
    }

    /** Leaves of each phone number its country and its end; line breaks cannot forge a line. */
    static String masked(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ");
        Matcher numbers = NUMBER.matcher(line);
        String masked = numbers.replaceAll("$1$2***$3");
        return masked.length() <= LONGEST_DETAIL ? masked : masked.substring(0, LONGEST_DETAIL) + "…";
    }
}
