package io.ringback.gateway.sip;

import io.ringback.core.call.Identifier;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Registrations;
import java.time.InstantSource;

/**
 * Where the SIP side finds users and notes where they can be reached. Both ports may wait; they are asked on threads of
 * their own.
 *
 * @param gatewayId this gateway, in each registration that it takes
 * @param clock for expiry
 */
public record SipUsers(Identities identities, Registrations registrations, String gatewayId, InstantSource clock) {
    private static final String PREFIX = "8:acs:ringback_";

    /** The identifier of the user with this name. */
    public static Identifier identifier(String username) {
        return new Identifier(PREFIX + username);
    }
}
