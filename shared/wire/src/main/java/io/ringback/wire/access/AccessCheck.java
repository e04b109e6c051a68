package io.ringback.wire.access;

import io.ringback.wire.access.Access.Denied;
import io.ringback.wire.access.Access.Granted;
import io.ringback.wire.access.Access.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a request was sent by somebody who has a live access key. A repeated signature is not refused: SDKs
 * repeat theirs when they try again (contract, "Java versus JS").
 */
public final class AccessCheck {
    /** How far a request's date may be from our clock; retries carry a date that is tens of seconds old. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final String ACCEPTED = "accepted are HMAC-SHA256 with SignedHeaders=x-ms-date;host;"
            + "x-ms-content-sha256, and over TLS Bearer with an access key";
    private static final Pattern HMAC = Pattern.compile(
            "HMAC-SHA256 +SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=([A-Za-z0-9+/]{43}=)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1");

    private final AccessKeys keys;
    private final InstantSource clock;

    public AccessCheck(AccessKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param sourceIp the address of who sent the request; a Bearer key that came in the clear has to be from here */
    public Access check(SignedRequest request, String sourceIp) {
        String authorization = request.header("authorization").orElse("").strip();
        if (authorization.isEmpty()) {
            return new Denied("the header Authorization is missing; " + ACCEPTED);
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (bearer.matches()) {
            return checkBearer(request, bearer.group(1), sourceIp);
        }
        Matcher hmac = HMAC.matcher(authorization);
        if (hmac.matches()) {
            return checkSignature(request, Base64.getDecoder().decode(hmac.group(1)));
        }
        return new Denied("the header Authorization is of no known form; " + ACCEPTED);
    }

    private Access checkBearer(SignedRequest request, String token, String sourceIp) {
        boolean secure =
                request.header("x-forwarded-proto").filter("https"::equals).isPresent();
        if (!secure && !LOOPBACK.matcher(sourceIp).matches()) {
            return new Denied("an access key may not be sent as a Bearer token in the clear; use https");
        }
        return keys.isKey(token) ? new Granted(Scheme.BEARER) : new Denied("the Bearer token is not a live access key");
    }

    private Access checkSignature(SignedRequest request, byte[] signature) {
        String date = request.header("x-ms-date").orElse("");
        Optional<Instant> at = parse(date);
        if (at.isEmpty()) {
            return new Denied("the header x-ms-date is missing or not like Sun, 22 Nov 2026 11:29:15 GMT");
        }
        Instant now = clock.instant();
        if (Duration.between(at.get(), now).abs().compareTo(CLOCK_SKEW) > 0) {
            return new Denied("the header x-ms-date is more than " + CLOCK_SKEW.toMinutes()
                    + " minutes from the time here, which is " + DateTimeFormatter.ISO_INSTANT.format(now));
        }
        String hash = request.contentHash();
        String claimed = request.header("x-ms-content-sha256").orElse("");
        if (!AccessKeys.sameBytes(hash.getBytes(StandardCharsets.UTF_8), claimed.getBytes(StandardCharsets.UTF_8))) {
            return new Denied("the header x-ms-content-sha256 is missing or not the SHA-256 of the body in base64");
        }
        return isSigned(request, date, hash, signature)
                ? new Granted(Scheme.HMAC)
                : new Denied("the signature is not that of this request under a live access key");
    }

    /** Tries every text that the client may have signed. */
    private boolean isSigned(SignedRequest request, String date, String hash, byte[] signature) {
        String verb = request.method().toUpperCase(Locale.ROOT);
        boolean signed = false;
        for (String path : request.paths()) {
            for (String query : request.queries()) {
                String target = query.isEmpty() ? path : path + "?" + query;
                for (String host : request.hosts()) {
                    signed |= keys.signed(verb + "\n" + target + "\n" + date + ";" + host + ";" + hash, signature);
                }
            }
        }
        return signed;
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
