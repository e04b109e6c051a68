package io.ringback.gateway.sip;

import io.ringback.core.directory.UserIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.header.AuthorizationHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Makes users prove who they are (RFC 3261 §22.4, RFC 7616): MD5 with qop {@code auth}, because identities keep an MD5
 * hash and no password.
 */
final class Login {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern COUNT = Pattern.compile("[0-9A-Fa-f]{1,8}");

    private final String realm;
    private final Nonces nonces;

    Login(String realm, Nonces nonces) {
        this.realm = realm;
        this.nonces = nonces;
    }

    /** What a request says to prove who sent it. */
    record Claim(String username, String nonce, String count, String cnonce, String uri, String response) {}

    /** Whether the proof holds. */
    enum Verdict {
        PROVEN,
        WRONG,
        /** The same proof was used before. */
        REPEATED
    }

    /** 401 with a new nonce. */
    Response challenge(Request request, boolean stale) {
        Response response = SipMessages.response(Response.UNAUTHORIZED, request);
        response.setHeader(SipMessages.header(
                "WWW-Authenticate",
                "Digest realm=\"" + realm + "\", nonce=\"" + nonces.fresh() + "\", algorithm=MD5, qop=\"auth\""
                        + (stale ? ", stale=true" : "")));
        return response;
    }

    /** What the request says for our realm; empty when that is nothing, or not what we asked for. */
    Optional<Claim> claim(Request request) {
        return SipMessages.headers(request, "Authorization")
                .filter(AuthorizationHeader.class::isInstance)
                .map(AuthorizationHeader.class::cast)
                .filter(header -> "digest".equalsIgnoreCase(header.getScheme()) && realm.equals(header.getRealm()))
                .findFirst()
                .flatMap(header -> claim(header, request));
    }

    private static Optional<Claim> claim(AuthorizationHeader header, Request request) {
        Claim claim = new Claim(
                parameter(header, "username"),
                parameter(header, "nonce"),
                parameter(header, "nc"),
                parameter(header, "cnonce"),
                parameter(header, "uri"),
                parameter(header, "response").toLowerCase(Locale.ROOT));
        String algorithm = parameter(header, "algorithm");
        boolean asAsked = "auth".equalsIgnoreCase(parameter(header, "qop"))
                && (algorithm.isEmpty() || algorithm.equalsIgnoreCase("MD5"))
                && USERNAME.matcher(claim.username()).matches()
                && COUNT.matcher(claim.count()).matches()
                && claim.uri().equalsIgnoreCase(request.getRequestURI().toString());
        return asAsked ? Optional.of(claim) : Optional.empty();
    }

    private static String parameter(AuthorizationHeader header, String name) {
        String value = header.getParameter(name);
        return value == null ? "" : value;
    }

    /** Empty when the claim rests on a nonce that may still be used; else the challenge that it gets. */
    Optional<Response> renewed(Claim claim, Request request) {
        return switch (nonces.worth(claim.nonce())) {
            case GOOD -> Optional.empty();
            case STALE -> Optional.of(challenge(request, true));
            case FOREIGN -> Optional.of(challenge(request, false));
        };
    }

    /** Judges the claim by what is kept of the user's password. */
    Verdict judge(Claim claim, String method, UserIdentity user) {
        String expected = DigestAlgorithm.MD5.hash(String.join(
                ":",
                user.digestHash(),
                claim.nonce(),
                claim.count(),
                claim.cnonce(),
                "auth",
                DigestAlgorithm.MD5.hash(method + ":" + claim.uri())));
        if (!MessageDigest.isEqual(bytes(expected), bytes(claim.response()))) {
            return Verdict.WRONG;
        }
        return nonces.use(claim.nonce(), Long.parseLong(claim.count(), 16)) ? Verdict.PROVEN : Verdict.REPEATED;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
