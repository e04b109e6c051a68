package io.ringback.functions.api.directory;

import io.ringback.core.port.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * With what a softphone registers.
 *
 * @param username of the SIP address: easy to recognise and to type
 * @param password at least 80 random bits; nobody can read it later
 */
public record SipAccount(String username, String password) {
    private static final int NAME_LENGTH = 24;
    private static final int SUFFIX_LENGTH = 6;
    private static final String NAMELESS = "user";

    /**
     * A fresh account. The username is made of the display name's Latin letters and digits and of random ones, so that
     * who comes later is not taken for who went.
     */
    public static SipAccount create(@Nullable String displayName, Ids ids) {
        return new SipAccount(name(displayName) + "-" + suffix(ids), ids.newId());
    }

    /** Hex MD5 of {@code username:realm:password}, the A1 of RFC 7616 §3.4.2 that every softphone can answer to. */
    public String digestHash(String realm) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5")
                    .digest((username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static String name(@Nullable String displayName) {
        String latin = displayName == null ? "" : Normalizer.normalize(displayName, Normalizer.Form.NFKD);
        String words = latin.replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String cut = words.substring(0, Math.min(words.length(), NAME_LENGTH)).replaceAll("-$", "");
        return cut.isEmpty() ? NAMELESS : cut;
    }

    private static String suffix(Ids ids) {
        StringBuilder suffix = new StringBuilder();
        while (suffix.length() < SUFFIX_LENGTH) {
            suffix.append(ids.newId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
        }
        return suffix.substring(0, SUFFIX_LENGTH);
    }
}
