package io.ringback.local.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was received.
 *
 * @param rawPath percent-encoded
 * @param rawQuery percent-encoded, without the question mark; null when there is none
 * @param scheme {@code http} or {@code https}
 * @param port that it was received on
 * @param headers in their order; names as received
 */
public record ApiRequest(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        String protocol,
        String scheme,
        int port,
        String sourceIp,
        List<Map.Entry<String, String>> headers,
        Body body) {
    public ApiRequest {
        headers = List.copyOf(headers);
    }

    /** All values of a header, joined by commas. */
    Optional<String> header(String name) {
        String joined = headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
        boolean present = headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
        return present ? Optional.of(joined) : Optional.empty();
    }

    /** Bytes of the request line and of all header names and values. */
    int headBytes() {
        int target = rawPath.length() + (rawQuery == null ? 0 : 1 + rawQuery.length());
        int line = method.length() + 1 + target + 1 + protocol.length();
        return line
                + headers.stream()
                        .mapToInt(header ->
                                header.getKey().length() + header.getValue().length())
                        .sum();
    }

    /** The host that was asked for, without its port. */
    String domainName() {
        String host = header("host").orElse("localhost").toLowerCase(Locale.ROOT);
        int port = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
        return port > 0 ? host.substring(0, port) : host;
    }
}
