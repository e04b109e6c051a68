package io.ringback.gateway.sip;

import java.util.List;
import java.util.regex.Pattern;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Who we say we are: an E.164 number, in From and P-Asserted-Identity (RFC 3325), a user, or nobody.
 *
 * @param uri for From
 * @param displayName for From, as a quoted string may hold it; empty for none
 * @param headers besides From
 */
record Caller(String uri, String displayName, List<Header> headers) {
    private static final Caller NOBODY = new Caller("sip:anonymous@anonymous.invalid", "", List.of());
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    /** Towards a user: whoever calls, at our domain, where a call back finds it. */
    static Caller toUser(@Nullable String caller, @Nullable String displayName, String domain) {
        String shown = displayName == null
                ? ""
                : displayName.replaceAll("[\\p{Cntrl}\"\\\\]", "").strip();
        return caller == null
                        || !USERNAME.matcher(caller.replaceFirst("^\\+", "")).matches()
                ? new Caller(NOBODY.uri(), shown, List.of())
                : new Caller("sip:" + caller + "@" + domain, shown, List.of());
    }

    static Caller of(@Nullable String number, Wire wire) {
        if (number == null || !NUMBER.matcher(number).matches()) {
            return NOBODY;
        }
        String uri = "sip:" + number + "@" + wire.hostPort();
        return new Caller(uri, "", List.of(SipMessages.header("P-Asserted-Identity", "<" + uri + ">")));
    }
}
