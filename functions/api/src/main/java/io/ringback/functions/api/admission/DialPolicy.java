package io.ringback.functions.api.admission;

import io.ringback.core.call.Identifier;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.wire.callingserver.CreateCallRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the operator allows to be dialled and shown, against toll fraud (design: security).
 *
 * @param ownNumbers E.164 numbers that may be shown as the caller's; empty for any
 * @param allowed E.164 prefixes that may be dialled, and {@code sip:host} for hosts; empty for none
 */
public record DialPolicy(List<String> ownNumbers, List<String> allowed) {
    private static final String SIP = "sip:";

    public DialPolicy {
        ownNumbers = List.copyOf(ownNumbers);
        allowed = List.copyOf(allowed);
    }

    /**
     * Reads the policy from its settings.
     *
     * @param ownNumbers numbers, separated by commas
     * @param allowed prefixes, separated by commas
     */
    public static DialPolicy parse(String ownNumbers, String allowed) {
        return new DialPolicy(list(ownNumbers), list(allowed));
    }

    /** The refusal, if the operator does not allow this call. */
    public Optional<Decision.Rejected> refusal(CreateCallRequest request) {
        if (!mayDial(request.target())) {
            return Optional.of(new Decision.Rejected(
                    ErrorCode.POLICY,
                    request.target() + " may not be dialled by the rule of allowed prefixes (RINGBACK_DIAL_PREFIXES); "
                            + (allowed.isEmpty() ? "none is allowed" : "allowed: " + String.join(", ", allowed)),
                    "targets[0]"));
        }
        return request.callerId()
                .filter(number -> !ownNumbers.isEmpty() && !ownNumbers.contains(number))
                .map(number -> new Decision.Rejected(
                        ErrorCode.POLICY,
                        number + " may not be shown as the caller's by the rule of own numbers (RINGBACK_OWN_NUMBERS);"
                                + " it is not one of them",
                        request.callerIdPlace()));
    }

    private boolean mayDial(Identifier target) {
        return target.phoneNumber()
                .map(number -> allowed.stream().anyMatch(prefix -> prefix.startsWith("+") && number.startsWith(prefix)))
                .orElseGet(() -> allowed.contains(SIP + host(target.rawId())));
    }

    private static String host(String sipUri) {
        return sipUri.substring(sipUri.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static List<String> list(String setting) {
        return Arrays.stream(setting.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
