package io.ringback.gateway.call;

import io.ringback.core.call.Identifier;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.Invitation.Sender;
import java.util.regex.Pattern;

/** Where a call that comes in goes (telephony §5): the first rule that matches decides. */
final class InboundRouting {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Directory directory;
    private final DialRoutes routes;

    /** Where one call goes. */
    sealed interface Way {
        /** An application decides. */
        record ToApplication(Identifier from, Identifier to) implements Way {}

        /** The gateway connects the two. */
        record ToPeer(Identifier from, Identifier to) implements Way {}

        /** Nowhere. */
        record Refused(int sipStatus, String why) implements Way {}
    }

    InboundRouting(Directory directory, DialRoutes routes) {
        this.directory = directory;
        this.routes = routes;
    }

    /** May wait for the table. */
    Way route(Invitation invitation) {
        Identifier from = caller(invitation);
        String number = PhoneNumbers.e164(invitation.user());
        if (number != null) {
            return toNumber(invitation, from, number);
        }
        if (!USERNAME.matcher(invitation.user()).matches()) {
            return new Way.Refused(Refusals.NOT_FOUND, "neither a number nor a user is called");
        }
        return toUser(from, Identifier.ofUser(invitation.user()));
    }

    private Way toNumber(Invitation invitation, Identifier from, String number) {
        Identifier to = Identifier.ofPhoneNumber(number);
        if (directory.isDecidedByApplication(to)) {
            return new Way.ToApplication(from, to);
        }
        if (invitation.sender() instanceof Sender.Trunk) {
            // Never back out to a trunk: that would be toll fraud by anybody who can reach us.
            return new Way.Refused(Refusals.NOT_FOUND, "no subscription is about this number");
        }
        return routes.usersMayDial(number)
                ? new Way.ToPeer(from, to)
                : new Way.Refused(Refusals.FORBIDDEN, "the dial policy does not allow users this number");
    }

    private Way toUser(Identifier from, Identifier to) {
        if (directory.isDecidedByApplication(to)) {
            return new Way.ToApplication(from, to);
        }
        if (!directory.isUser(to)) {
            return new Way.Refused(Refusals.NOT_FOUND, "there is no such user");
        }
        return directory.registrations(to).isEmpty()
                ? new Way.Refused(Refusals.TEMPORARILY_UNAVAILABLE, "the user is not registered")
                : new Way.ToPeer(from, to);
    }

    /** A user is whoever it proved to be; what comes by a trunk has the number that the trunk gave, if any. */
    private static Identifier caller(Invitation invitation) {
        if (invitation.sender() instanceof Sender.User user) {
            return user.identifier();
        }
        String number = PhoneNumbers.e164(invitation.callerNumber());
        if (number != null) {
            return Identifier.ofPhoneNumber(number);
        }
        String shown = invitation.callerNumber();
        return new Identifier(shown == null ? "sip:anonymous@anonymous.invalid" : "sip:" + shown + "@trunk.invalid");
    }
}
