package io.ringback.core.call;

import java.util.Objects;
import java.util.Optional;

/**
 * Who a party is, by its raw id: {@code 4:+15551234567} for a phone number, {@code 8:acs:<resource>_<user>} for a
 * registered user, {@code sip:user@host} for a SIP address (native API §3, Identifier).
 */
public record Identifier(String rawId) {
    private static final String PHONE = "4:";
    private static final String USER = "8:acs:";
    private static final String OUR_USER = USER + "ringback_";
    private static final String SIP = "sip:";

    /** What a raw id names. */
    public enum Kind {
        PHONE_NUMBER,
        COMMUNICATION_USER,
        SIP_URI,
        UNKNOWN
    }

    public Identifier {
        Objects.requireNonNull(rawId);
    }

    /** The identifier of a phone number in E.164 form, {@code +} included. */
    public static Identifier ofPhoneNumber(String e164) {
        return new Identifier(PHONE + e164);
    }

    /** The identifier of a user of this service. */
    public static Identifier ofUser(String username) {
        return new Identifier(OUR_USER + username);
    }

    public Kind kind() {
        if (rawId.startsWith(PHONE)) {
            return Kind.PHONE_NUMBER;
        }
        if (rawId.startsWith(USER)) {
            return Kind.COMMUNICATION_USER;
        }
        return rawId.startsWith(SIP) ? Kind.SIP_URI : Kind.UNKNOWN;
    }

    /** Whether a leg to it leaves by a trunk: to whoever is no user, for a user is reached at its phones. */
    public boolean leavesByTrunk() {
        return kind() != Kind.COMMUNICATION_USER;
    }

    /** The E.164 number, {@code +} included, if this names a phone number. */
    public Optional<String> phoneNumber() {
        return kind() == Kind.PHONE_NUMBER ? Optional.of(rawId.substring(PHONE.length())) : Optional.empty();
    }

    /** The username, if this names a user of this service. */
    public Optional<String> username() {
        return rawId.startsWith(OUR_USER) && rawId.length() > OUR_USER.length()
                ? Optional.of(rawId.substring(OUR_USER.length()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return rawId;
    }
}
