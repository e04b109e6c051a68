package io.ringback.gateway.sip;

import java.util.List;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Who we say we are: an E.164 number, in From and P-Asserted-Identity (RFC 3325), or nobody.
 *
 * @param uri for From
 * @param headers besides From
 */
record Caller(String uri, List<Header> headers) {
    static Caller of(@Nullable String number, Wire wire) {
        if (number == null || !number.matches("\\+?[0-9]{1,20}")) {
            return new Caller("sip:anonymous@anonymous.invalid", List.of());
        }
        String uri = "sip:" + number + "@" + wire.hostPort();
        return new Caller(uri, List.of(SipMessages.header("P-Asserted-Identity", "<" + uri + ">")));
    }
}
