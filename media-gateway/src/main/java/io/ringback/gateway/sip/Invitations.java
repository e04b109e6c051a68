package io.ringback.gateway.sip;

import io.ringback.core.directory.UserIdentity;
import io.ringback.gateway.sip.Invitation.Sender;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.HeaderAddress;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** Reads from an INVITE who calls whom. */
final class Invitations {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");

    /** Longer names are cut: they go into events and other people's phones. */
    private static final int MAX_NAME = 128;

    private Invitations() {}

    /** A trunk's word about the caller counts, its P-Asserted-Identity before its From (RFC 3325 §9.1). */
    static Invitation ofTrunk(Request invite, SipSource source) {
        Optional<Address> asserted = SipMessages.headers(invite, "P-Asserted-Identity")
                .filter(HeaderAddress.class::isInstance)
                .map(header -> ((HeaderAddress) header).getAddress())
                .filter(address -> number(address) != null)
                .findFirst();
        Address from = SipMessages.address(invite, "From");
        Address caller = asserted.orElse(from);
        return of(
                invite,
                new Sender.Trunk(source.address().getHostAddress()),
                number(caller),
                displayName(caller.getDisplayName() == null ? from : caller),
                asserted.isPresent());
    }

    static Invitation ofUser(Request invite, UserIdentity user) {
        Address from = SipMessages.address(invite, "From");
        String shown = displayName(from);
        return of(
                invite,
                new Sender.User(user.identifier(), user.username()),
                number(from),
                shown == null ? user.displayName() : shown,
                false);
    }

    private static Invitation of(
            Request invite, Sender sender, @Nullable String number, @Nullable String displayName, boolean asserted) {
        SipURI called = (SipURI) invite.getRequestURI();
        return new Invitation(
                sender, user(called), called.getHost().toLowerCase(Locale.ROOT), number, displayName, asserted);
    }

    /** The user part without the parameters of a telephone number in it, unescaped (RFC 3261 §19.1.6). */
    private static String user(SipURI uri) {
        String user = uri.getUser() == null ? "" : uri.getUser().split(";", 2)[0];
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return user;
        }
    }

    private static @Nullable String number(Address address) {
        URI uri = address.getURI();
        String text = "";
        if (uri instanceof SipURI sip) {
            text = user(sip);
        } else if (uri instanceof TelURL tel) {
            text = (tel.isGlobal() ? "+" : "") + tel.getPhoneNumber().replaceAll("[-.()]", "");
        }
        return NUMBER.matcher(text).matches() ? text : null;
    }

    private static @Nullable String displayName(Address address) {
        String name = address.getDisplayName();
        if (name == null) {
            return null;
        }
        String printable = name.replaceAll("\\p{Cntrl}", "").strip();
        return printable.isEmpty() ? null : SipMessages.cut(printable, MAX_NAME);
    }
}
