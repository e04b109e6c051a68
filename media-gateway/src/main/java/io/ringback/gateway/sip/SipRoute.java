package io.ringback.gateway.sip;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where requests for numbers go: a trunk, or a phone network.
 *
 * @param host name or literal address, an IPv6 one in brackets
 * @param transport {@code udp} or {@code tcp}
 * @param account for its digest challenges; null answers none
 */
public record SipRoute(
        String host, int port, String transport, @Nullable TrunkAccount account) {
    private static final int DEFAULT_PORT = 5060;
    private static final Pattern FORM = Pattern.compile(
            "sip:([A-Za-z0-9][A-Za-z0-9.-]{0,253}|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(?:;transport=(udp|tcp|UDP|TCP))?");

    /** Digest user and password (RFC 3261 §22). */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /** Reads {@code sip:HOST[:PORT][;transport=tcp]}; empty when it is anything else. */
    public static Optional<SipRoute> parse(String uri) {
        Matcher matcher = FORM.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
        String transport = matcher.group(3) == null ? "udp" : matcher.group(3).toLowerCase(java.util.Locale.ROOT);
        return port < 1 || port > 65535
                ? Optional.empty()
                : Optional.of(new SipRoute(matcher.group(1), port, transport, null));
    }

    /** The same with credentials that do not change. */
    public SipRoute withCredentials(String user, String password) {
        return with(TrunkAccount.fixed(user, password));
    }

    /** The same with this account. */
    public SipRoute with(TrunkAccount other) {
        return new SipRoute(host, port, transport, other);
    }

    /** Host and port as they stand in a URI. */
    String hostPort() {
        return port == DEFAULT_PORT ? host : host + ":" + port;
    }
}
