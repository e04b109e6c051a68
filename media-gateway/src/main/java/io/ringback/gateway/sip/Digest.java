package io.ringback.gateway.sip;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sip.header.Header;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Response;

/**
 * Answers digest challenges (RFC 3261 §22, RFC 8760): MD5 and SHA-256, with qop {@code auth} or, for old servers,
 * without one. One object serves one request and its repetitions: a proxy and the far end may both challenge it, and
 * each is answered again only when it says that just the nonce was stale, or when our password has changed meanwhile.
 */
final class Digest {
    private static final int MAX_CHALLENGES = 4;

    private final TrunkAccount account;
    private final Supplier<String> tokens;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private SipRoute.Credentials credentials;
    private int challenges;

    Digest(TrunkAccount account, Supplier<String> tokens) {
        this.account = account;
        this.credentials = account.current();
        this.tokens = tokens;
    }

    /** Takes a 401 or 407; false when repeating the request is of no use. Waits for the account when it was refused. */
    boolean accept(Response challenge) {
        boolean proxy = challenge.getStatusCode() == Response.PROXY_AUTHENTICATION_REQUIRED;
        Optional<WWWAuthenticateHeader> chosen = challenges(challenge, proxy)
                .filter(offer -> algorithm(offer).isPresent() && qopServed(offer))
                .max(Comparator.comparing(
                        offer -> algorithm(offer).orElseThrow().strength()));
        if (chosen.isEmpty() || challenges++ == MAX_CHALLENGES) {
            return false;
        }
        String who = proxy + chosen.get().getRealm();
        if (held.containsKey(who) && !chosen.get().isStale() && !changed()) {
            return false;
        }
        held.put(who, new Held(chosen.get(), proxy));
        return true;
    }

    /** Whether the account that was refused is another one by now. */
    private boolean changed() {
        SipRoute.Credentials refused = credentials;
        credentials = account.renewed();
        return !credentials.equals(refused);
    }

    /** The headers for the next repetition of the request. */
    List<Header> authorize(String method, String uri) {
        return held.values().stream()
                .map(one -> SipMessages.header(
                        one.proxy ? "Proxy-Authorization" : "Authorization", one.authorization(method, uri)))
                .toList();
    }

    private static Stream<WWWAuthenticateHeader> challenges(Response response, boolean proxy) {
        return SipMessages.headers(response, proxy ? "Proxy-Authenticate" : "WWW-Authenticate")
                .filter(WWWAuthenticateHeader.class::isInstance)
                .map(WWWAuthenticateHeader.class::cast)
                .filter(offer -> "digest".equalsIgnoreCase(offer.getScheme())
                        && offer.getNonce() != null
                        && offer.getRealm() != null);
    }

    private static boolean qopServed(WWWAuthenticateHeader challenge) {
        String qop = challenge.getQop();
        return qop == null
                || qop.isBlank()
                || List.of(qop.toLowerCase(Locale.ROOT).split("[ ,]+")).contains("auth");
    }

    private static Optional<DigestAlgorithm> algorithm(WWWAuthenticateHeader challenge) {
        String name = challenge.getAlgorithm();
        return Stream.of(DigestAlgorithm.values())
                .filter(algorithm -> algorithm.wireName().equalsIgnoreCase(name == null ? "MD5" : name))
                .findFirst();
    }

    /** A challenge, and how often its nonce was used. */
    private final class Held {
        private final WWWAuthenticateHeader challenge;
        private final boolean proxy;
        private int uses;

        Held(WWWAuthenticateHeader challenge, boolean proxy) {
            this.challenge = challenge;
            this.proxy = proxy;
        }

        String authorization(String method, String uri) {
            DigestAlgorithm algorithm = algorithm(challenge).orElseThrow();
            String realm = challenge.getRealm();
            String nonce = challenge.getNonce();
            boolean withQop = challenge.getQop() != null && !challenge.getQop().isBlank();
            String count = String.format("%08x", ++uses);
            String cnonce = tokens.get();
            String secret = algorithm.hash(credentials.user() + ":" + realm + ":" + credentials.password());
            String what = algorithm.hash(method + ":" + uri);
            String response = withQop
                    ? algorithm.hash(String.join(":", secret, nonce, count, cnonce, "auth", what))
                    : algorithm.hash(String.join(":", secret, nonce, what));
            StringBuilder value = new StringBuilder("Digest username=\"").append(credentials.user());
            value.append("\", realm=\"").append(realm);
            value.append("\", nonce=\"").append(nonce);
            value.append("\", uri=\"").append(uri);
            value.append("\", response=\"").append(response);
            value.append("\", algorithm=").append(algorithm.wireName());
            if (withQop) {
                value.append(", qop=auth, nc=").append(count);
                value.append(", cnonce=\"").append(cnonce).append('"');
            }
            if (challenge.getOpaque() != null) {
                value.append(", opaque=\"").append(challenge.getOpaque()).append('"');
            }
            return value.toString();
        }
    }
}
