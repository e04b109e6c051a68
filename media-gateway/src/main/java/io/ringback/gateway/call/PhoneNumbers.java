package io.ringback.gateway.call;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Phone numbers as trunks and phones write them. */
final class PhoneNumbers {
    /** ITU-T E.164; many trunks leave the plus out. Shorter ones are extensions of somebody's own. */
    private static final Pattern E164 = Pattern.compile("\\+?[1-9][0-9]{6,14}");

    /** Marks between digits that have no meaning (RFC 3966 §3). */
    private static final Pattern SEPARATORS = Pattern.compile("[-.()]");

    private PhoneNumbers() {}

    /** The number in E.164 form with its plus; null if it is none. */
    static @Nullable String e164(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String digits = SEPARATORS.matcher(text).replaceAll("");
        if (!E164.matcher(digits).matches()) {
            return null;
        }
        return digits.startsWith("+") ? digits : "+" + digits;
    }
}
