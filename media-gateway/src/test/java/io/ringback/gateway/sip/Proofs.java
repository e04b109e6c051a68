package io.ringback.gateway.sip;

import io.ringback.gateway.sip.UdpPeer.Message;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a phone computes from a challenge (RFC 2617 §3.2.2), told apart from the code under test by its plainness. */
final class Proofs {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    private Proofs() {}

    static String nonce(Message challenge) {
        Matcher matcher = NONCE.matcher(challenge.header("WWW-Authenticate"));
        if (!matcher.find()) {
            throw new AssertionError("no nonce in " + challenge.text());
        }
        return matcher.group(1);
    }

    /** The Authorization header of a user with this password who uses the nonce for the count-th time. */
    static String authorization(Ask ask, String user, String password, String nonce, int count) {
        String secret = DigestAlgorithm.MD5.hash(user + ":ringback:" + password);
        String what = DigestAlgorithm.MD5.hash(ask.method() + ":" + ask.target());
        String nc = String.format("%08x", count);
        String response = DigestAlgorithm.MD5.hash(String.join(":", secret, nonce, nc, "cn", "auth", what));
        return "Authorization: Digest username=\"" + user + "\", realm=\"ringback\", nonce=\"" + nonce + "\", uri=\""
                + ask.target() + "\", response=\"" + response + "\", algorithm=MD5, qop=auth, nc=" + nc
                + ", cnonce=\"cn\"";
    }
}
