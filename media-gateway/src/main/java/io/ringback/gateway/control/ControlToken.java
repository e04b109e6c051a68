package io.ringback.gateway.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;

/**
 * What callers of the control API have to know. A token that does not fit is looked at again with the one read anew, for
 * it may have been changed: so a change needs no restart, and no call ends by it.
 *
 * @param current the token as it was not long ago
 * @param fresh the token as it is now
 */
public record ControlToken(Supplier<String> current, Supplier<String> fresh) {
    private static final String BEARER = "Bearer ";

    /** One that does not change. */
    public static ControlToken fixed(String token) {
        return new ControlToken(() -> token, () -> token);
    }

    /** Whether this {@code Authorization} shows it; compares in constant time. */
    boolean isShownBy(String authorization) {
        return is(current.get(), authorization) || is(fresh.get(), authorization);
    }

    private static boolean is(String token, String authorization) {
        return MessageDigest.isEqual(
                (BEARER + token).getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ControlToken[…]";
    }
}
