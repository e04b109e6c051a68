package io.ringback.core.directory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator allows to be dialled, against toll fraud. Functions and gateway read the same setting with it.
 *
 * @param entries {@code +49} allows the numbers that begin so, {@code !+1900} refuses them; of those that fit a number
 *     the longest decides, and where none does it is refused. {@code sip:host} allows SIP addresses at that host, which
 *     is compared in lower case, but for users there that are refused numbers. So no entry allows nothing.
 */
public record DialRules(List<String> entries) {
    private static final Pattern ENTRY = Pattern.compile("!?\\+[0-9]{0,15}|sip:[a-z0-9.-]{1,253}");

    /** ITU-T E.164: a country code, which does not begin with 0; fewer than 7 digits are an extension of somebody's. */
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /**
     * A user at a host and nothing more: no port, which would name another server; no parameters, of which {@code maddr}
     * would go to another host; no headers, which would become those of our INVITE; no percent signs, behind which any
     * of these could hide (RFC 3261 §19.1).
     */
    private static final Pattern SIP_URI = Pattern.compile("sip:([A-Za-z0-9+._~!*'-]{1,64})@([A-Za-z0-9.-]{1,120})");

    /** Between the digits of a number they say nothing (RFC 3966 §5.1.1); parentheses are in no user. */
    private static final Pattern SEPARATORS = Pattern.compile("[.-]");

    private static final String REFUSED = "!";
    private static final String SIP = "sip:";

    /** @throws IllegalArgumentException when an entry is none: a policy with a typing error has to be noticed */
    public DialRules {
        entries = List.copyOf(entries);
        for (String entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new IllegalArgumentException("not a rule for dialling: " + entry
                        + "; accepted are prefixes like +49, refused ones like !+1900, and sip:host");
            }
        }
    }

    /** Reads the setting: entries, separated by commas. */
    public static DialRules parse(String setting) {
        return new DialRules(Arrays.stream(setting.split(",", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** Whether this is a whole phone number as E.164 writes it, with its plus and without separators. */
    public static boolean isNumber(String text) {
        return E164.matcher(text).matches();
    }

    /** The host of a SIP address, lower case; empty when it is not of the one form that can be dialled. */
    public static Optional<String> host(String sipUri) {
        return parts(sipUri).map(DialRules::host);
    }

    /** Whether this number may be dialled. */
    public boolean allowNumber(String e164) {
        return isNumber(e164)
                && deciding(e164).filter(entry -> !entry.startsWith(REFUSED)).isPresent();
    }

    /** Whether this SIP address may be dialled: what is behind the host may take a user for a number. */
    public boolean allowSip(String sipUri) {
        return parts(sipUri)
                .filter(parts -> entries.contains(SIP + host(parts)))
                .map(parts -> SEPARATORS.matcher(parts.group(1)).replaceAll(""))
                .filter(user -> deciding(user)
                        .filter(entry -> entry.startsWith(REFUSED))
                        .isEmpty())
                .isPresent();
    }

    /** The longest entry that fits, the refusing one of two. */
    private Optional<String> deciding(String number) {
        return entries.stream()
                .filter(entry -> number.startsWith(prefix(entry)))
                .max(Comparator.comparingInt((String entry) -> prefix(entry).length())
                        .thenComparing(entry -> entry.startsWith(REFUSED)));
    }

    private static Optional<Matcher> parts(String sipUri) {
        return Optional.of(SIP_URI.matcher(sipUri)).filter(Matcher::matches);
    }

    private static String host(Matcher parts) {
        return parts.group(2).toLowerCase(Locale.ROOT);
    }

    private static String prefix(String entry) {
        return entry.startsWith(REFUSED) ? entry.substring(REFUSED.length()) : entry;
    }
}
