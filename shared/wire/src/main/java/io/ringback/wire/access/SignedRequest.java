package io.ringback.wire.access;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as far as its signature covers it. An HTTP API hands over the path percent-decoded, and clients differ in
 * what they sign, so the signed text is not known but one of a few candidates.
 *
 * @param path as received
 * @param route the path of the matched route, e.g. {@code /calls/{id}}; null when none matched
 * @param parameters the decoded values of the route's parameters
 * @param query as received, without {@code ?}; empty when there is none
 * @param headers by lower-case name
 * @param contentHash of the body's bytes, by {@link #contentHash}
 */
public record SignedRequest(
        String method,
        String path,
        @Nullable String route,
        Map<String, String> parameters,
        String query,
        Map<String, String> headers,
        String contentHash) {

    /** What {@code x-ms-content-sha256} has to hold: the SHA-256 of the body in base64. */
    public static String contentHash(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The path as received, and with what can be percent-encoded put back encoded. */
    Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        paths.add(path);
        paths.add(route == null ? encodedSegments(path) : encodedParameters(route));
        return paths;
    }

    /** The query as received, and as JavaScript's URLSearchParams writes it, which is what that SDK signs. */
    Set<String> queries() {
        Set<String> queries = new LinkedHashSet<>();
        queries.add(query);
        if (!query.isEmpty()) {
            try {
                queries.add(Arrays.stream(query.split("&", -1))
                        .filter(pair -> !pair.isEmpty())
                        .map(SignedRequest::formPair)
                        .collect(Collectors.joining("&")));
            } catch (IllegalArgumentException e) {
                // Not percent-encoded properly: nobody signs it in another form than he sent it.
                return queries;
            }
        }
        return queries;
    }

    /** Each host that may have been signed, with and without its port (contract, "Java versus JS" and §6). */
    Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        for (String name : new String[] {"x-ms-host", "host"}) {
            header(name).ifPresent(host -> {
                hosts.add(host);
                hosts.add(withoutPort(host));
            });
        }
        return hosts;
    }

    private String encodedParameters(String template) {
        String encoded = template;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            encoded = encoded.replace("{" + parameter.getKey() + "}", encode(parameter.getValue()))
                    .replace("{" + parameter.getKey() + "+}", encodedSegments(parameter.getValue()));
        }
        return encoded;
    }

    private static String encodedSegments(String path) {
        return Arrays.stream(path.split("/", -1)).map(SignedRequest::encode).collect(Collectors.joining("/"));
    }

    /** Percent-encodes all but the unreserved characters of RFC 3986 §2.3. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String formPair(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        return form(name) + "=" + form(value);
    }

    private static String form(String encoded) {
        return URLEncoder.encode(URLDecoder.decode(encoded, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":[0-9]+$", "");
    }
}
