package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    private static final SipRoute TRUNK =
            new SipRoute("trunk.example", 5060, "tcp", null).withCredentials("user", "password");

    private static Optional<Destination> of(String target, @Nullable SipRoute route, @Nullable SipRoute trunk) {
        return Destination.of(new OutboundLeg("leg", "call", target, route, null, 30000, Duration.ofSeconds(1)), trunk);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:host, host, 5060, udp",
        "sip:192.0.2.1:5070, 192.0.2.1, 5070, udp",
        "sip:host.example:5060;transport=TCP, host.example, 5060, tcp",
        "sip:[2001:db8::1]:5061;transport=udp, [2001:db8::1], 5061, udp",
    })
    void aRouteIsRead(String uri, String host, int port, String transport) {
        assertThat(SipRoute.parse(uri)).contains(new SipRoute(host, port, transport, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "sips:host",
                "sip:",
                "sip:a b",
                "sip:host:0",
                "sip:host:65536",
                "sip:u@host",
                "sip:host;lr"
            })
    void whatIsNoRouteIsRefused(String uri) {
        assertThat(SipRoute.parse(uri)).isEmpty();
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(TRUNK.toString()).doesNotContain("password");
    }

    @Test
    void aNumberGoesToItsRouteElseToTheTrunk() {
        Destination byTrunk = of("+15550123", null, TRUNK).orElseThrow();
        assertThat(byTrunk.requestUri()).hasToString("sip:+15550123@trunk.example;transport=tcp");
        assertThat(byTrunk.hop()).isEqualTo(new SipHop("trunk.example", 5060, "tcp"));
        assertThat(byTrunk.account()).isEqualTo(TRUNK.account());

        SipRoute phones = new SipRoute("127.0.0.1", 5999, "udp", null);
        Destination byRoute = of("+15550123", phones, TRUNK).orElseThrow();
        assertThat(byRoute.requestUri()).hasToString("sip:+15550123@127.0.0.1:5999");
        assertThat(byRoute.account()).isNull();
    }

    @Test
    void aUriGoesToItsOwnHostAndIsToldNoneOfTheTrunksSecrets() {
        Destination destination = of("sip:bob@192.0.2.7:5070", null, TRUNK).orElseThrow();

        assertThat(destination.hop()).isEqualTo(new SipHop("192.0.2.7", 5070, "udp"));
        assertThat(destination.account()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:+19005550101@trunk.example",
                "sip:ann@192.0.2.9;maddr=203.0.113.9",
                "sip:ann@trunk.example:5061;transport=tcp",
                "sip:ann@192.0.2.9;lr?Route=%3Csip:trunk.example%3E"
            })
    void aUsersPhoneIsReachedWhereItRegisteredFromWhateverItsContactClaims(String contact) {
        Registration registration = new Registration(
                Identifier.ofUser("ann"), "gw-1", contact, "udp:192.0.2.9:40000", "call", 1, Instant.EPOCH);

        Destination destination = Destination.of(registration).orElseThrow();

        assertThat(destination.hop()).isEqualTo(new SipHop("192.0.2.9", 40000, "udp", true));
        assertThat(destination.account()).isNull();
        assertThat(destination.onFlow()).isTrue();
    }

    @Test
    void withoutAWayThereIsNoDestination() {
        assertThat(of("+15550123", null, null)).isEmpty();
        assertThat(of("tel:+15550123", null, TRUNK)).isEmpty();
        assertThat(of("+1555\r\nX: y", null, TRUNK)).isEmpty();
    }
}
