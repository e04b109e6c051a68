package io.ringback.functions.api;

import io.ringback.core.call.Connection;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.port.CallStore;
import io.ringback.functions.api.admission.DialPolicy;
import io.ringback.functions.api.edge.ApiRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges who may be dialled into a running call, and which number is shown to phone numbers: the one that was asked
 * for, else one of the call's own that the operator lets be shown (telephony §10, caller id).
 */
final class CallerIds {
    private static final String PLACE = "alternateCallerId";

    private final CallReads reads;
    private final DialPolicy policy;

    CallerIds(CallStore calls, DialPolicy policy) {
        this.reads = new CallReads(calls);
        this.policy = policy;
    }

    /** What came of it. */
    sealed interface Verdict {}

    /** They may be dialled and are shown this number; null when nobody among them is shown one. */
    record Shown(@Nullable String callerId) implements Verdict {}

    /** They may not be dialled. */
    record Refused(Decision.Rejected reason) implements Verdict {}

    /**
     * Judges the parties of a request about the call in its path.
     *
     * @param place where each of them stands in the request
     * @param wanted the number that was asked for, if one was
     */
    Verdict judge(ApiRequest request, List<Identifier> parties, IntFunction<String> place, @Nullable String wanted) {
        Optional<Decision.Rejected> refusal = policy.refusal(parties, place)
                .or(() ->
                        Optional.ofNullable(wanted).flatMap(number -> policy.refusalToShow(number, PLACE + ".value")));
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        boolean needed = parties.stream().anyMatch(party -> party.phoneNumber().isPresent());
        if (wanted != null || !needed) {
            return new Shown(wanted);
        }
        Optional<ServerCall> call = reads.find(request);
        Optional<String> own = call.flatMap(found -> own(found, request));
        // A call that is not there is for the change itself to miss.
        return call.isPresent() && own.isEmpty() ? missing() : new Shown(own.orElse(null));
    }

    private Optional<String> own(ServerCall call, ApiRequest request) {
        Stream<String> ofConnection =
                request.optionalParameter(CallChanges.CONNECTION).flatMap(call::connection).stream()
                        .flatMap(CallerIds::numbers);
        return Stream.concat(ofConnection, call.origin().from().phoneNumber().stream())
                .filter(policy::mayShow)
                .findFirst();
    }

    private static Stream<String> numbers(Connection connection) {
        return Stream.concat(
                Stream.ofNullable(connection.alternateCallerId()), connection.source().phoneNumber().stream());
    }

    private static Refused missing() {
        return new Refused(new Decision.Rejected(
                ErrorCode.MALFORMED,
                PLACE + " is missing; to dial a phone number it is required, as the call has no number of its own that"
                        + " may be shown",
                PLACE));
    }
}
