package io.ringback.gateway.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes of digest authentication (RFC 8760). */
enum DigestAlgorithm {
    MD5("MD5", 1),
    SHA256("SHA-256", 2);

    private final String wireName;
    private final int strength;

    DigestAlgorithm(String wireName, int strength) {
        this.wireName = wireName;
        this.strength = strength;
    }

    String wireName() {
        return wireName;
    }

    /** The stronger of two challenges is the one to answer. */
    int strength() {
        return strength;
    }

    /** Hex, lower case. */
    String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance(wireName).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + wireName, e);
        }
    }
}
