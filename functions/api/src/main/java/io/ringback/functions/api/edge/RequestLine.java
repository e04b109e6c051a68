package io.ringback.functions.api.edge;

import io.ringback.core.call.CallIds;
import io.ringback.core.decision.Decision;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The log line of a request. Phone numbers in it are masked: logs are read by more people than calls. */
final class RequestLine {
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
            line.append(" target=").append(Masked.text(String.valueOf(refusal.target())));
            line.append(" message=\"").append(Masked.text(refusal.message())).append('"');
        }
        return line.toString();
    }

    /** The call by the answer, else by the ids in the path, as far as they have the shape of ids. */
    private static Optional<String> serverCallId(ApiRequest request, ApiAnswer answer) {
        return Optional.ofNullable(answer.serverCallId())
                .or(() -> request.optionalParameter("serverCallId").flatMap(CallIds::serverCall))
                .or(() -> request.optionalParameter("callConnectionId").flatMap(CallIds::serverCallOf));
    }
}
