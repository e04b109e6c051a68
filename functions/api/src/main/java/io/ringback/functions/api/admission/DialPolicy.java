package io.ringback.functions.api.admission;

import io.ringback.core.call.Identifier;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.directory.DialRules;
import io.ringback.wire.callingserver.CreateCallRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the operator allows to be dialled and shown, against toll fraud (design: security).
 *
 * @param ownNumbers E.164 numbers that may be shown as the caller's; empty for any
 * @param rules what may be dialled
 */
public record DialPolicy(List<String> ownNumbers, DialRules rules) {
    public DialPolicy {
        ownNumbers = List.copyOf(ownNumbers);
    }

    /**
     * Reads the policy from its settings.
     *
     * @param ownNumbers numbers, separated by commas
     * @param rules entries, separated by commas
     */
    public static DialPolicy parse(String ownNumbers, String rules) {
        return new DialPolicy(list(ownNumbers), DialRules.parse(rules));
    }

    /** The refusal, if the operator does not allow this call. */
    public Optional<Decision.Rejected> refusal(CreateCallRequest request) {
        return refusal(request.targets(), i -> "targets[" + i + "]")
                .or(() -> request.callerId().flatMap(number -> refusalToShow(number, request.callerIdPlace())));
    }

    /**
     * The refusal of the first of these parties that may not be dialled, if there is one.
     *
     * @param place where each of them stands in the request
     */
    public Optional<Decision.Rejected> refusal(List<Identifier> parties, IntFunction<String> place) {
        return IntStream.range(0, parties.size())
                .filter(i -> !mayDial(parties.get(i)))
                .mapToObj(i -> new Decision.Rejected(
                        ErrorCode.POLICY,
                        parties.get(i)
                                + " may not be dialled by the rule of allowed prefixes (RINGBACK_DIAL_PREFIXES), which "
                                + (rules.entries().isEmpty()
                                        ? "is empty"
                                        : "reads " + String.join(", ", rules.entries())),
                        place.apply(i)))
                .findFirst();
    }

    /** The refusal to show this number, if the operator does not allow it. */
    public Optional<Decision.Rejected> refusalToShow(String number, String place) {
        return mayShow(number)
                ? Optional.empty()
                : Optional.of(new Decision.Rejected(
                        ErrorCode.POLICY,
                        number + " may not be shown as the caller's by the rule of own numbers (RINGBACK_OWN_NUMBERS);"
                                + " it is not one of them",
                        place));
    }

    /** Whether this number may be shown as the caller's. */
    public boolean mayShow(String number) {
        return ownNumbers.isEmpty() || ownNumbers.contains(number);
    }

    /** A user of ours costs nothing and is reached by nobody else's trunk. */
    private boolean mayDial(Identifier party) {
        return switch (party.kind()) {
            case COMMUNICATION_USER -> true;
            case PHONE_NUMBER -> party.phoneNumber().filter(rules::allowNumber).isPresent();
            case SIP_URI -> rules.allowSip(party.rawId());
            case UNKNOWN -> false;
        };
    }

    private static List<String> list(String setting) {
        return Arrays.stream(setting.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
