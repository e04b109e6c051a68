package io.ringback.gateway.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sip.header.Header;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Response;

/**
 * Answers digest challenges (RFC 3261 §22, RFC 8760): MD5 and SHA-256, with qop {@code auth} or, for old servers,
 * without one. One object serves one request and its repetitions; it answers a challenge again only when the server
 * says that just the nonce was stale, and at most three times in all.
 */
final class Digest {
    private static final int MAX_ANSWERS = 3;

    private final SipRoute.Credentials credentials;
    private final Supplier<String> tokens;
    private int answers;

    Digest(SipRoute.Credentials credentials, Supplier<String> tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    /** The header for the repetition of the request; empty when repeating it is of no use. */
    Optional<Header> answer(Response challenge, String method, String uri) {
        boolean proxy = challenge.getStatusCode() == Response.PROXY_AUTHENTICATION_REQUIRED;
        Optional<WWWAuthenticateHeader> chosen = challenges(challenge, proxy)
                .filter(offer -> algorithm(offer).isPresent() && qopServed(offer))
                .max(Comparator.comparing(offer -> algorithm(offer).orElseThrow().strength));
        if (chosen.isEmpty()
                || answers == MAX_ANSWERS
                || (answers > 0 && !chosen.get().isStale())) {
            return Optional.empty();
        }
        answers++;
        String value = authorization(chosen.get(), method, uri);
        return Optional.of(SipMessages.header(proxy ? "Proxy-Authorization" : "Authorization", value));
    }

    private static Stream<WWWAuthenticateHeader> challenges(Response response, boolean proxy) {
        return SipMessages.headers(response, proxy ? "Proxy-Authenticate" : "WWW-Authenticate")
                .filter(WWWAuthenticateHeader.class::isInstance)
                .map(WWWAuthenticateHeader.class::cast)
                .filter(offer -> "digest".equalsIgnoreCase(offer.getScheme())
                        && offer.getNonce() != null
                        && offer.getRealm() != null);
    }

    private String authorization(WWWAuthenticateHeader challenge, String method, String uri) {
        Algorithm algorithm = algorithm(challenge).orElseThrow();
        String realm = challenge.getRealm();
        String nonce = challenge.getNonce();
        boolean withQop = challenge.getQop() != null && !challenge.getQop().isBlank();
        String cnonce = tokens.get();
        String secret = algorithm.hash(credentials.user() + ":" + realm + ":" + credentials.password());
        String what = algorithm.hash(method + ":" + uri);
        String response = withQop
                ? algorithm.hash(String.join(":", secret, nonce, "00000001", cnonce, "auth", what))
                : algorithm.hash(String.join(":", secret, nonce, what));
        StringBuilder value = new StringBuilder(
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s"
                        .formatted(credentials.user(), realm, nonce, uri, response, algorithm.wireName));
        if (withQop) {
            value.append(", qop=auth, nc=00000001, cnonce=\"").append(cnonce).append('"');
        }
        if (challenge.getOpaque() != null) {
            value.append(", opaque=\"").append(challenge.getOpaque()).append('"');
        }
        return value.toString();
    }

    private static boolean qopServed(WWWAuthenticateHeader challenge) {
        String qop = challenge.getQop();
        return qop == null
                || qop.isBlank()
                || List.of(qop.toLowerCase(Locale.ROOT).split("[ ,]+")).contains("auth");
    }

    private static Optional<Algorithm> algorithm(WWWAuthenticateHeader challenge) {
        String name = challenge.getAlgorithm();
        return Stream.of(Algorithm.values())
                .filter(algorithm -> algorithm.wireName.equalsIgnoreCase(name == null ? "MD5" : name))
                .findFirst();
    }

    private enum Algorithm {
        MD5("MD5", 1),
        SHA256("SHA-256", 2);

        final String wireName;
        final int strength;

        Algorithm(String wireName, int strength) {
            this.wireName = wireName;
            this.strength = strength;
        }

        String hash(String text) {
            try {
                byte[] hash = MessageDigest.getInstance(wireName).digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + wireName, e);
            }
        }
    }
}
