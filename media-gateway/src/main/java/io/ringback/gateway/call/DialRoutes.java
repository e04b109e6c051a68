package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.directory.DialRules;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.SipRoute;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a dial goes.
 *
 * @param numbers the first rule that matches a number's E.164 form decides
 * @param ownNumbers those that may be shown as the caller's, E.164; an empty list allows every number
 * @param rules what may be dialled, by an order as by a registered user's phone
 */
public record DialRoutes(List<Rule> numbers, Set<String> ownNumbers, DialRules rules) {
    public DialRoutes {
        numbers = List.copyOf(numbers);
        ownNumbers = Set.copyOf(ownNumbers);
    }

    /**
     * One rule.
     *
     * @param numbers which numbers, in E.164 form with {@code +}
     * @param nextHop the trunk or phone network that carries them
     */
    public record Rule(Pattern numbers, SipRoute nextHop) {}

    /** Where one dial goes, or why it goes nowhere. */
    public sealed interface Route {
        /**
         * Dial this.
         *
         * @param target a number, or a whole {@code sip:} URI
         * @param nextHop null for a {@code sip:} URI, which goes to its own host
         */
        record To(String target, @Nullable SipRoute nextHop) implements Route {}

        /** Dial wherever the user has registered. */
        record ToUser(Identifier user) implements Route {}

        /** Nothing is dialled. */
        record Refused(EndReason reason, String message) implements Route {}
    }

    /** The route to this party for a call that shows this number, or none. */
    public Route route(Identifier target, @Nullable String callerId) {
        if (callerId != null && !ownNumbers.isEmpty() && !ownNumbers.contains(callerId)) {
            return new Route.Refused(EndReason.POLICY, "the caller id is none of the operator's own numbers");
        }
        return switch (target.kind()) {
            case PHONE_NUMBER -> number(target.phoneNumber().orElseThrow());
            case SIP_URI -> sipUri(target.rawId());
            case COMMUNICATION_USER -> new Route.ToUser(target);
            case UNKNOWN -> new Route.Refused(EndReason.NOT_FOUND, "nothing can be dialled by this identifier");
        };
    }

    /** Whether a registered user may dial this number by itself. */
    public boolean usersMayDial(String number) {
        return rules.allowNumber(number);
    }

    /**
     * The caller's own number, where a leg that we dial for it may show that one; null if not. What a phone claims is
     * shown only if the operator has listed it.
     */
    @Nullable
    String mayShow(Invitation caller) {
        String number = PhoneNumbers.e164(caller.callerNumber());
        if (number == null) {
            return null;
        }
        boolean anyNumber = ownNumbers.isEmpty() && caller.sender() instanceof Invitation.Sender.Trunk;
        return anyNumber || ownNumbers.contains(number) ? number : null;
    }

    private Route number(String number) {
        if (!DialRules.isNumber(number)) {
            return new Route.Refused(EndReason.NOT_FOUND, "not a phone number in E.164 form");
        }
        if (!rules.allowNumber(number)) {
            return new Route.Refused(EndReason.POLICY, "the dial policy does not allow this number");
        }
        return numbers.stream()
                .filter(rule -> rule.numbers().matcher(number).matches())
                .findFirst()
                .<Route>map(rule -> new Route.To(number, rule.nextHop()))
                .orElseGet(() -> new Route.Refused(EndReason.UNREACHABLE, "no route leads to this number"));
    }

    private Route sipUri(String text) {
        if (DialRules.host(text).isEmpty()) {
            return new Route.Refused(EndReason.NOT_FOUND, "not a SIP URI of the form sip:user@host");
        }
        return rules.allowSip(text)
                ? new Route.To(text, null)
                : new Route.Refused(EndReason.POLICY, "the dial policy does not allow this SIP host");
    }
}
