package io.ringback.wire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
    /** Each range that is refused: its first and last address, and the neighbours if they are public. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/8 this host, , 0.0.0.0, 0.255.255.255, 1.0.0.0",
        "10.0.0.0/8 private, 9.255.255.255, 10.0.0.0, 10.255.255.255, 11.0.0.0",
        "100.64.0.0/10 carrier-grade NAT, 100.63.255.255, 100.64.0.0, 100.127.255.255, 100.128.0.0",
        "127.0.0.0/8 loopback, 126.255.255.255, , , 128.0.0.0",
        "169.254.0.0/16 link-local with the metadata of clouds, 169.253.255.255, 169.254.0.0, 169.254.255.255, 169.255.0.0",
        "172.16.0.0/12 private, 172.15.255.255, 172.16.0.0, 172.31.255.255, 172.32.0.0",
        "192.0.0.0/24 protocols, 191.255.255.255, 192.0.0.0, 192.0.0.255, 192.0.1.0",
        "192.0.2.0/24 documentation, 192.0.1.255, 192.0.2.0, 192.0.2.255, 192.0.3.0",
        "192.88.99.0/24 6to4 relays, 192.88.98.255, 192.88.99.0, 192.88.99.255, 192.88.100.0",
        "192.168.0.0/16 private, 192.167.255.255, 192.168.0.0, 192.168.255.255, 192.169.0.0",
        "198.18.0.0/15 benchmarks, 198.17.255.255, 198.18.0.0, 198.19.255.255, 198.20.0.0",
        "198.51.100.0/24 documentation, 198.51.99.255, 198.51.100.0, 198.51.100.255, 198.51.101.0",
        "203.0.113.0/24 documentation, 203.0.112.255, 203.0.113.0, 203.0.113.255, 203.0.114.0",
        "224.0.0.0/4 multicast, 223.255.255.255, 224.0.0.0, 239.255.255.255, ",
        "240.0.0.0/4 reserved and broadcast, , 240.0.0.0, 255.255.255.255, ",
        "::/3 with mapped and NAT64 and discard addresses, , ::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2000::",
        "::1/128 loopback, , , , ",
        "::/96 IPv4-compatible, , ::2, ::ffff:ffff, ",
        "::ffff:0:0:0/96 IPv4-translated, , ::ffff:0:0:0, ::ffff:0:ffff:ffff, ",
        "64:ff9b::/96 NAT64, , 64:ff9b::, 64:ff9b::ffff:ffff, ",
        "64:ff9b:1::/48 local NAT64, , 64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, ",
        "100::/64 discard, , 100::, 100::ffff:ffff:ffff:ffff, ",
        "2001::/23 protocols with Teredo, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
        "2001:db8::/32 documentation, 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "2002::/16 6to4, 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::",
        "3fff::/20 documentation, 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
        "4000::/2 and all that is not global unicast, 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "fc00::/7 unique local with the metadata of clouds, , fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "fe80::/10 link-local, , fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "fec0::/10 site-local, , fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "ff00::/8 multicast, , ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, "
    })
    void aRangeIsRefusedFromItsFirstAddressToItsLastAndNoFurther(
            String range,
            @Nullable String before,
            @Nullable String first,
            @Nullable String last,
            @Nullable String after)
            throws UnknownHostException {
        for (OutboundPolicy policy : OutboundPolicy.values()) {
            for (String within : given(first, last)) {
                assertThat(policy.allows(InetAddress.getByName(within)))
                        .as("%s: %s", range, within)
                        .isFalse();
            }
            for (String outside : given(before, after)) {
                assertThat(policy.allows(InetAddress.getByName(outside)))
                        .as("%s: %s", range, outside)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0", "127.0.0.1", "127.8.8.8", "127.255.255.255", "::1"})
    void loopbackIsForTheLaptopOnly(String address) throws UnknownHostException {
        assertThat(OutboundPolicy.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
        assertThat(OutboundPolicy.LOCAL.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:800::200e"})
    void publicAddressesAreOpen(String address) throws UnknownHostException {
        assertThat(OutboundPolicy.PUBLIC.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void aMappedAddressIsJudgedAsWhatItIs() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 10, 0, 0, 1};

        assertThat(SpecialAddresses.isPublic(mapped)).isFalse();
        assertThat(OutboundPolicy.PUBLIC.allows(InetAddress.getByAddress(mapped)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/cb?x=1, , ",
        "HTTPS://example.com, , ",
        "http://example.com/cb, must begin with https://, ",
        "ftp://example.com/cb, must begin with https://, must begin with http:// or https://",
        "/cb, must begin with https://, must begin with http:// or https://",
        "https:///cb, names no host, names no host",
        "https://example.com:65535/cb, , ",
        "https://example.com:/cb, , ",
        "https://example.com:0/cb, names a port that there is not, names a port that there is not",
        "https://example.com:65536/cb, names a port that there is not, names a port that there is not",
        "https://u:p@example.com/, carries a user name or password, carries a user name or password"
    })
    void addressesAreJudgedAsWritten(URI uri, String whenPublic, String whenLocal) {
        assertThat(OutboundPolicy.PUBLIC.objection(uri).orElse(null)).isEqualTo(whenPublic);
        assertThat(OutboundPolicy.LOCAL.objection(uri).orElse(null)).isEqualTo(whenLocal);
    }

    @Test
    void thePolicyIsNamedInTheSettings() {
        assertThat(OutboundPolicy.of("public")).isEqualTo(OutboundPolicy.PUBLIC);
        assertThat(OutboundPolicy.of("local")).isEqualTo(OutboundPolicy.LOCAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboundPolicy.of("PUBLIC"))
                .withMessageContaining("accepted: public, local");
    }

    private static List<String> given(@Nullable String... addresses) {
        return Stream.of(addresses).filter(Objects::nonNull).toList();
    }
}
