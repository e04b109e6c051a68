package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.gateway.call.DialRoutes.Route;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "RINGBACK_GATEWAY_ID", "gateway",
            "RINGBACK_DATA", "data",
            "RINGBACK_CONTROL_TOKEN", "token",
            "RINGBACK_ADVERTISE", "192.0.2.1"));

    @Test
    void readsWhatIsNeededAndFillsInTheRest() throws UnknownHostException {
        GatewaySettings settings = read();
        assertThat(settings.control().bind().getPort()).isEqualTo(8090);
        assertThat(settings.sip().bind().getPort()).isEqualTo(5060);
        assertThat(settings.media().firstPort()).isEqualTo(20_000);
        assertThat(settings.media().lastPort()).isEqualTo(20_999);
        assertThat(settings.admission()).isEqualTo(GatewaySettings.Admission.DEFAULT);
        assertThat(settings.outbound()).isEqualTo(OutboundPolicy.PUBLIC);
        assertThat(settings.toString()).doesNotContain("token=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RINGBACK_GATEWAY_ID", "RINGBACK_DATA", "RINGBACK_ADVERTISE"})
    void namesWhatIsMissing(String name) {
        variables.remove(name);
        assertThatThrownBy(this::read).isInstanceOf(IllegalStateException.class).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "RINGBACK_RTP_PORTS, 20000",
        "RINGBACK_RTP_PORTS, a-b",
        "RINGBACK_LEGS, many",
        "RINGBACK_TRUNK, trunk.example",
        "RINGBACK_ROUTES, sip:127.0.0.1:5070",
        "RINGBACK_OUTBOUND, anything"
    })
    void namesWhatIsWrong(String name, String value) {
        variables.put(name, value);
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value);
    }

    @Test
    void numbersWithARouteGoThereAllOthersToTheTrunk() throws UnknownHostException {
        variables.put("RINGBACK_ROUTES", "\\+1\\d{3}55501\\d\\d=sip:127.0.0.1:5070");
        variables.put("RINGBACK_TRUNK", "sip:trunk.example;transport=tcp");
        variables.put("RINGBACK_DIAL_PREFIXES", "+1, +49, SIP:Phones.example");
        GatewaySettings settings = read();
        assertThat(hop(settings, "4:+12065550123")).contains("127.0.0.1");
        assertThat(hop(settings, "4:+4930123456")).contains("trunk.example").contains("tcp");
        assertThat(settings.routes().route(new Identifier("sip:a@phones.example"), null))
                .isEqualTo(new Route.To("sip:a@phones.example", null));
    }

    @Test
    void withoutATrunkOtherNumbersLeadNowhere() throws UnknownHostException {
        variables.put("RINGBACK_DIAL_PREFIXES", "+");
        assertThat(read().routes().route(new Identifier("4:+4930123456"), null))
                .isInstanceOfSatisfying(
                        Route.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(EndReason.UNREACHABLE));
    }

    @Test
    void theFirstOwnNumberIsShownWhenNoneIsNamed() throws UnknownHostException {
        variables.put("RINGBACK_OWN_NUMBERS", "+15550100, +15550101");
        assertThat(read().sip().defaultCallerId()).isEqualTo("+15550100");
    }

    @Test
    void usersDialByThePrefixesOfThePolicyAndTrunksAreKnownByTheirAddress() throws UnknownHostException {
        assertThat(read().routes().usersMayDial("+12065550123")).isFalse();
        variables.put("RINGBACK_DIAL_PREFIXES", "+1, sip:phones.example");
        variables.put("RINGBACK_TRUNK_SOURCES", "192.0.2.1:5060, trunk.example");
        variables.put("RINGBACK_SIP_DOMAIN", "calls.example");
        assertThat(read().routes().usersMayDial("+12065550123")).isTrue();
        assertThat(read().routes().usersMayDial("+4930123456")).isFalse();
        assertThat(read().sip().access().trunks()).containsExactly("192.0.2.1:5060", "trunk.example");
        assertThat(read().sip().access().domain()).isEqualTo("calls.example");
    }

    @Test
    void thePublicAddressOfTheControlApiCanBeNamed() throws UnknownHostException {
        variables.put("RINGBACK_CONTROL_URL", "http://10.0.0.5:8090");
        assertThat(read().control().advertised()).isEqualTo(URI.create("http://10.0.0.5:8090"));
    }

    private static String hop(GatewaySettings settings, String rawId) {
        return String.valueOf(settings.routes().route(new Identifier(rawId), null));
    }

    private GatewaySettings read() throws UnknownHostException {
        return new SettingsReader(new GatewayEnvironment(variables)).read();
    }
}
