package io.ringback.wire.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The special-purpose address registries of RFC 6890, as far as nobody's public server can live there. */
final class SpecialAddresses {
    private static final int IPV4_LENGTH = 4;

    private static final List<Block> NOT_PUBLIC = List.of(
            block("0.0.0.0", 8), // this host, this network
            block("10.0.0.0", 8), // private, RFC 1918
            block("100.64.0.0", 10), // carrier-grade NAT, RFC 6598
            block("127.0.0.0", 8), // loopback
            block("169.254.0.0", 16), // link-local; cloud metadata lives here
            block("172.16.0.0", 12), // private
            block("192.0.0.0", 24), // protocol assignments
            block("192.0.2.0", 24), // documentation
            block("192.88.99.0", 24), // 6to4 relays
            block("192.168.0.0", 16), // private
            block("198.18.0.0", 15), // benchmarking
            block("198.51.100.0", 24), // documentation
            block("203.0.113.0", 24), // documentation
            block("224.0.0.0", 3)); // multicast, reserved, broadcast

    /** All IPv6 that may be public is global unicast. */
    private static final Block GLOBAL_UNICAST = block("2000::", 3);

    private static final List<Block> NOT_PUBLIC_WITHIN = List.of(
            block("2001::", 23), // protocol assignments, Teredo among them: an IPv4 address in disguise
            block("2001:db8::", 32), // documentation
            block("2002::", 16), // 6to4: an IPv4 address in disguise
            block("3fff::", 20)); // documentation

    private SpecialAddresses() {}

    /**
     * Whether a public server may have this address. IPv4-mapped, NAT64, unique-local, link-local, loopback and
     * multicast addresses of IPv6 lie outside of global unicast.
     *
     * @param address 4 or 16 bytes
     */
    static boolean isPublic(byte[] address) {
        if (address.length == IPV4_LENGTH) {
            return NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
        }
        return GLOBAL_UNICAST.contains(address)
                && NOT_PUBLIC_WITHIN.stream().noneMatch(block -> block.contains(address));
    }

    private static Block block(String first, int prefix) {
        try {
            // A literal: nothing is looked up.
            return new Block(InetAddress.getByName(first).getAddress(), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + first, e);
        }
    }

    private static final class Block {
        private final byte[] first;
        private final int prefix;

        Block(byte[] first, int prefix) {
            this.first = first;
            this.prefix = prefix;
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < prefix; bit++) {
                if (bit(first, bit) != bit(address, bit)) {
                    return false;
                }
            }
            return true;
        }

        private static int bit(byte[] address, int index) {
            return (address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE)) & 1;
        }
    }
}
