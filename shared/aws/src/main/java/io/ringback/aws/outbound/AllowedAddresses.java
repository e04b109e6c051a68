package io.ringback.aws.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that a URL named by a user may lead to, so that nobody uses us to reach what only we can reach. A
 * client asks {@link #refusal} before each request and each redirect, and connects only to what {@link #only} leaves of
 * the addresses that its own look-up found: what was checked is what is connected to.
 */
public enum AllowedAddresses {
    /** Public addresses, by https. */
    PUBLIC,

    /** Public and loopback addresses, also by http: a developer's machine. */
    PUBLIC_AND_LOOPBACK;

    /**
     * Why a request to this URL is refused before anything is looked up.
     *
     * <p>A host that is a literal address is judged here, because HTTP clients do not look it up.
     *
     * @return what is wrong, for people; empty if nothing is
     */
    public Optional<String> refusal(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equalsIgnoreCase("https") && !(scheme.equalsIgnoreCase("http") && this == PUBLIC_AND_LOOPBACK)) {
            return Optional.of(this == PUBLIC ? "only https is allowed" : "only http and https are allowed");
        }
        String host = url.getHost();
        if (host == null) {
            return Optional.of("the URL names no host");
        }
        if (url.getUserInfo() != null) {
            return Optional.of("the URL must not carry a user name");
        }
        return isLiteral(host) && !allowsLiteral(host)
                ? Optional.of("the address " + host + " is not allowed")
                : Optional.empty();
    }

    /**
     * Those of a host's addresses that may be connected to.
     *
     * @throws UnknownHostException if none is left
     */
    public List<InetAddress> only(String host, List<InetAddress> found) throws UnknownHostException {
        List<InetAddress> allowed = found.stream().filter(this::allows).toList();
        if (allowed.isEmpty()) {
            throw new UnknownHostException(host + " has no address that is allowed");
        }
        return allowed;
    }

    /** Whether this address may be connected to. */
    public boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] embedded = bytes.length == 16 ? embeddedIpv4(bytes) : bytes;
        if (embedded.length == 4) {
            return allowsIpv4(embedded) && (bytes.length == 4 || !isTranslated(bytes));
        }
        return address.isLoopbackAddress() ? this == PUBLIC_AND_LOOPBACK : isGlobalIpv6(bytes);
    }

    /** Java turns IPv4-mapped literals into IPv4 addresses by itself; other sources may not. */
    private static byte[] embeddedIpv4(byte[] bytes) {
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= bytes[i] == 0;
        }
        boolean mapped = zeros && (bytes[10] & bytes[11] & 0xFF) == 0xFF;
        return mapped || isTranslated(bytes) ? new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]} : bytes;
    }

    /** NAT64, 64:ff9b::/96 and 64:ff9b:1::/48 (RFC 6052, RFC 8215): leads to IPv4 addresses past every check. */
    private static boolean isTranslated(byte[] bytes) {
        return unsigned(bytes, 0) == 0
                && unsigned(bytes, 1) == 0x64
                && unsigned(bytes, 2) == 0xff
                && unsigned(bytes, 3) == 0x9b;
    }

    private boolean allowsIpv4(byte[] address) {
        int first = unsigned(address, 0);
        int second = unsigned(address, 1);
        int third = unsigned(address, 2);
        if (first == 127) {
            return this == PUBLIC_AND_LOOPBACK;
        }
        boolean refused = first == 0
                || first == 10
                || first >= 224
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113);
        return !refused;
    }

    /**
     * Global unicast is 2000::/3 (RFC 4291 §2.4): all else is unique-local, link-local, multicast or reserved. Within it
     * 6to4 (2002::/16) and Teredo (2001::/32) carry IPv4 addresses, and 2001:db8::/32 is for documents.
     */
    private static boolean isGlobalIpv6(byte[] address) {
        int first = unsigned(address, 0) << 8 | unsigned(address, 1);
        int second = unsigned(address, 2) << 8 | unsigned(address, 3);
        boolean special = first == 0x2002 || (first == 0x2001 && (second == 0 || second == 0xdb8));
        return (first & 0xe000) == 0x2000 && !special;
    }

    private boolean allowsLiteral(String host) {
        try {
            return allows(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Whether the last label is numeric, as in every form of IPv4 address that any client may read (dotted, decimal,
     * octal, hexadecimal), or the host is an IPv6 literal.
     */
    private static boolean isLiteral(String host) {
        String last = host.substring(host.lastIndexOf('.', host.length() - 2) + 1);
        return host.startsWith("[") || last.matches("\\d+\\.?|0[xX][0-9A-Fa-f]*\\.?");
    }

    private static int unsigned(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }
}
