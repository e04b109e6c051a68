package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.FakeClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrunkSourcesTest {
    private final FakeClock clock = FakeClock.atNoon();
    private String named = "192.0.2.1";
    private boolean nameServerAway;

    private InetAddress[] resolve(String host) throws UnknownHostException {
        if (nameServerAway) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(host.equals("trunk.example") ? named : host);
    }

    private TrunkSources sources(@Nullable SipRoute dialled, String... trunks) {
        SipSettings settings = new SipSettings(
                new InetSocketAddress(0),
                null,
                dialled,
                null,
                SipSettings.Access.of("ringback", List.of(trunks)),
                SipSettings.Timing.DEFAULT);
        return new TrunkSources(settings.trunkHosts(), this::resolve, Runnable::run, clock);
    }

    private static SipSource from(String address, int port) throws UnknownHostException {
        return new SipSource(InetAddress.getAllByName(address)[0], port, "udp");
    }

    @Test
    void hostsPortsAndTheDialledTrunkAreTold() throws Exception {
        TrunkSources sources = sources(
                new SipRoute("192.0.2.9", 5070, "udp", null),
                "192.0.2.7",
                "192.0.2.8:5080",
                "2001:db8::1",
                "[2001:db8::2]:5090");

        assertThat(sources.contain(from("192.0.2.7", 1))).isTrue();
        assertThat(sources.contain(from("192.0.2.8", 5080))).isTrue();
        assertThat(sources.contain(from("192.0.2.8", 5081))).isFalse();
        assertThat(sources.contain(from("192.0.2.9", 33333))).isTrue();
        assertThat(sources.contain(from("2001:db8::1", 1))).isTrue();
        assertThat(sources.contain(from("2001:db8::2", 5090))).isTrue();
        assertThat(sources.contain(from("2001:db8::2", 1))).isFalse();
        assertThat(sources.contain(from("192.0.2.1", 5060))).isFalse();
    }

    @Test
    void aNameIsLookedUpAgainAndKeepsItsAddressWhileTheNameServerIsAway() throws Exception {
        TrunkSources sources = sources(null, "trunk.example");
        assertThat(sources.contain(from("192.0.2.1", 5060))).isTrue();
        named = "192.0.2.2";
        assertThat(sources.contain(from("192.0.2.2", 5060))).isFalse();
        clock.advance(Duration.ofSeconds(61));
        assertThat(sources.contain(from("192.0.2.2", 5060))).isTrue();
        assertThat(sources.contain(from("192.0.2.1", 5060))).isFalse();
        nameServerAway = true;
        clock.advance(Duration.ofSeconds(61));

        assertThat(sources.contain(from("192.0.2.2", 5060))).isTrue();
    }
}
