package io.ringback.aws.outbound;

import static io.ringback.aws.outbound.AllowedAddresses.PUBLIC;
import static io.ringback.aws.outbound.AllowedAddresses.PUBLIC_AND_LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::ffff:10.0.0.1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:a00:1::1"
            })
    void refusesWhatIsNotPublicEverywhere(String address) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        assertThat(PUBLIC.allows(parsed)).isFalse();
        assertThat(PUBLIC_AND_LOOPBACK.allows(parsed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"})
    void allowsLoopbackOnADevelopersMachineOnly(String address) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        assertThat(PUBLIC.allows(parsed)).isFalse();
        assertThat(PUBLIC_AND_LOOPBACK.allows(parsed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "1.1.1.1"
            })
    void allowsPublicAddresses(String address) throws UnknownHostException {
        assertThat(PUBLIC.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void readsMappedAddressesAsTheIpv4OnesTheyAre() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 10;
        mapped[15] = 1;
        assertThat(PUBLIC.allows(java.net.Inet6Address.getByAddress("mapped", mapped, 0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/", "ftp://example.com/", "https://10.0.0.1/", "https://[::1]/",
                "https://[::ffff:127.0.0.1]/", "https://2130706433/", "https://0x7f.1/", "https://127.1/",
                "https://user@example.com/", "file:///etc/passwd", "https:opaque"
            })
    void refusesUrlsBeforeAnyLookUp(String url) {
        assertThat(PUBLIC.refusal(URI.create(url))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/a?b=c", "https://8.8.8.8:8443/"})
    void letsOtherUrlsPass(String url) {
        assertThat(PUBLIC.refusal(URI.create(url))).isEmpty();
    }

    @Test
    void letsHttpToLoopbackPassOnADevelopersMachine() {
        assertThat(PUBLIC_AND_LOOPBACK.refusal(URI.create("http://127.0.0.1:8080/")))
                .isEmpty();
        assertThat(PUBLIC_AND_LOOPBACK.refusal(URI.create("http://192.168.0.1/")))
                .isPresent();
    }

    @Test
    void leavesOnlyAllowedAddressesOfAHost() throws UnknownHostException {
        InetAddress good = InetAddress.getByName("8.8.8.8");
        InetAddress bad = InetAddress.getByName("10.0.0.1");
        assertThat(PUBLIC.only("mixed.example", List.of(bad, good))).containsExactly(good);
        assertThatThrownBy(() -> PUBLIC.only("inside.example", List.of(bad)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("inside.example");
    }
}
