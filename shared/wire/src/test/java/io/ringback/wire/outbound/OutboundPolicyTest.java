package io.ringback.wire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "255.255.255.255",
                "::",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "100::1"
            })
    void noPolicyLeadsInside(String address) throws UnknownHostException {
        assertThat(OutboundPolicy.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
        assertThat(OutboundPolicy.LOCAL.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
    void loopbackIsForTheLaptopOnly(String address) throws UnknownHostException {
        assertThat(OutboundPolicy.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
        assertThat(OutboundPolicy.LOCAL.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:800::200e"
            })
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
}
