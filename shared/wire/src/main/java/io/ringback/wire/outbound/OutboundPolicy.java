package io.ringback.wire.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses that customers name may be contacted. {@link OutboundHttp} is the client that keeps to it.
 */
public enum OutboundPolicy {
    /** Only https, only public addresses. */
    PUBLIC,
    /** For a laptop: also http, also loopback; whatever else is not public is refused all the same. */
    LOCAL;

    private static final int LAST_PORT = 65_535;

    /** The policy by its name in the settings: {@code public} or {@code local}. */
    public static OutboundPolicy of(String setting) {
        for (OutboundPolicy policy : values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(setting)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("not an outbound policy: " + setting + "; accepted: public, local");
    }

    /** What is wrong with this address as it is written, or empty; where its host leads is not looked at. */
    public Optional<String> objection(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean http = scheme.equals("http") && this == LOCAL;
        if (!http && !scheme.equals("https")) {
            return Optional.of(this == LOCAL ? "must begin with http:// or https://" : "must begin with https://");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            return Optional.of("names no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            return Optional.of("names a port that there is not");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("carries a user name or password");
        }
        return Optional.empty();
    }

    /** Whether a connection to this address is allowed. */
    public boolean allows(InetAddress address) {
        return (this == LOCAL && address.isLoopbackAddress()) || SpecialAddresses.isPublic(address.getAddress());
    }
}
