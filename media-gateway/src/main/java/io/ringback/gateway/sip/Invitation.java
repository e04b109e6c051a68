package io.ringback.gateway.sip;

import io.ringback.core.call.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * Who calls whom, as an INVITE that came in says.
 *
 * @param user of the Request-URI, unescaped and without parameters: a number or a username; may be empty
 * @param host of the Request-URI, lower case, without port
 * @param callerNumber digits, with {@code +} where it came so; null when there is none or it may not be shown. A
 *     trunk's P-Asserted-Identity counts before its From (RFC 3325); a user's number is what From claims
 * @param displayName what the caller's SIP shows of itself, unproven
 * @param asserted true when the number comes from a trunk's P-Asserted-Identity
 */
public record Invitation(
        Sender sender,
        String user,
        String host,
        @Nullable String callerNumber,
        @Nullable String displayName,
        boolean asserted) {

    /** Whose word the call comes on. */
    public sealed interface Sender {
        /** A trunk, known by the address from which it sends. */
        record Trunk(String address) implements Sender {}

        /** A user who proved to know the password. */
        record User(Identifier identifier, String username) implements Sender {}
    }
}
