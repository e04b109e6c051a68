package io.ringback.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.aws.environment.Surroundings;
import io.ringback.core.directory.DialRules;
import io.ringback.gateway.call.Capacity;
import io.ringback.gateway.call.DialRoutes;
import io.ringback.gateway.control.ControlToken;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.gateway.sip.SipSettings;
import io.ringback.gateway.sip.TrunkAccount;
import io.ringback.wire.json.Json;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a gateway process; {@code docs/operations.md} lists them. What is missing or wrong is an
 * {@link IllegalStateException} or {@link IllegalArgumentException} that names it.
 */
final class SettingsReader {
    private static final Pattern EVERY_NUMBER = Pattern.compile(".*");

    private final Surroundings surroundings;

    SettingsReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    GatewaySettings read() throws UnknownHostException {
        SipRoute trunk = trunk();
        return new GatewaySettings(
                surroundings.setting("RINGBACK_GATEWAY_ID"),
                Path.of(surroundings.setting("RINGBACK_DATA")),
                control(),
                sip(trunk),
                routes(trunk),
                media(),
                admission(),
                OutboundPolicy.of(optional("RINGBACK_OUTBOUND", "public")),
                Prompts.Limits.DEFAULT);
    }

    private GatewaySettings.Control control() throws UnknownHostException {
        InetSocketAddress bind = new InetSocketAddress(
                address(optional("RINGBACK_CONTROL_HOST", "0.0.0.0")), number("RINGBACK_CONTROL_PORT", 8090));
        URI advertised = surroundings
                .optionalSetting("RINGBACK_CONTROL_URL")
                .map(URI::create)
                .orElse(
                        bind.getAddress().isAnyLocalAddress()
                                ? URI.create(
                                        "http://" + InetAddress.getLocalHost().getHostAddress() + ":" + bind.getPort())
                                : null);
        return new GatewaySettings.Control(bind, advertised, controlToken());
    }

    private ControlToken controlToken() {
        String secret = "RINGBACK_CONTROL_TOKEN_SECRET";
        Optional<String> given = surroundings.optionalSetting("RINGBACK_CONTROL_TOKEN");
        if (given.isPresent()) {
            return ControlToken.fixed(given.get());
        }
        // One that cannot be read is noticed at the start, and not at the first call.
        surroundings.secret(secret);
        return new ControlToken(() -> surroundings.secret(secret), () -> surroundings.freshSecret(secret));
    }

    private SipSettings sip(@Nullable SipRoute trunk) throws UnknownHostException {
        InetSocketAddress bind = new InetSocketAddress(
                address(optional("RINGBACK_SIP_HOST", "0.0.0.0")), number("RINGBACK_SIP_PORT", 5060));
        String advertised = surroundings.optionalSetting("RINGBACK_ADVERTISE").orElse(null);
        if (advertised == null && bind.getAddress().isAnyLocalAddress()) {
            throw new IllegalStateException("RINGBACK_ADVERTISE is needed when SIP listens on every address");
        }
        String callerId = ownNumbers().stream().findFirst().orElse(null);
        return new SipSettings(bind, advertised, trunk, callerId, access(), SipSettings.Timing.DEFAULT);
    }

    private SipSettings.Access access() {
        return SipSettings.Access.of(
                        optional("RINGBACK_SIP_DOMAIN", SipSettings.Access.DEFAULT_DOMAIN),
                        list("RINGBACK_TRUNK_SOURCES"))
                .with(guards());
    }

    /** The hosts of routes are dialled like a trunk; what they answer is not held up. */
    private SipSettings.Guards guards() {
        SipSettings.Guards usual = SipSettings.Guards.DEFAULT;
        return new SipSettings.Guards(
                number("RINGBACK_SIP_RATE", usual.messagesPerSecond()),
                number("RINGBACK_SIP_RATE_OF_ALL", usual.strangersPerSecond()),
                number("RINGBACK_SIP_REGISTRATIONS", usual.registrationsPerSecond()),
                usual.transactions(),
                number("RINGBACK_SIP_CONNECTIONS", usual.connections()),
                number("RINGBACK_SIP_CONNECTIONS_EACH", usual.connectionsPerSource()),
                rules().stream().map(rule -> rule.nextHop().host()).toList());
    }

    private @Nullable SipRoute trunk() {
        SipRoute trunk = surroundings
                .optionalSetting("RINGBACK_TRUNK")
                .map(text -> route("RINGBACK_TRUNK", text))
                .orElse(null);
        if (trunk == null) {
            return null;
        }
        Optional<String> user = surroundings.optionalSetting("RINGBACK_TRUNK_USER");
        if (user.isPresent()) {
            return trunk.withCredentials(user.get(), surroundings.setting("RINGBACK_TRUNK_PASSWORD"));
        }
        if (surroundings.optionalSetting("RINGBACK_TRUNK_SECRET").isEmpty()) {
            return trunk;
        }
        return trunk.with(new TrunkAccount(this::trunkAccount));
    }

    private SipRoute.Credentials trunkAccount() {
        String form = "the secret of RINGBACK_TRUNK_SECRET is no {\"user\", \"password\"}";
        try {
            JsonNode account = Json.mapper().readTree(surroundings.freshSecret("RINGBACK_TRUNK_SECRET"));
            if (!account.path("user").isTextual() || !account.path("password").isTextual()) {
                throw new IllegalStateException(form);
            }
            return new SipRoute.Credentials(
                    account.path("user").asText(), account.path("password").asText());
        } catch (JacksonException e) {
            throw new IllegalStateException(form, e);
        }
    }

    private List<DialRoutes.Rule> rules() {
        List<DialRoutes.Rule> rules = new ArrayList<>();
        for (String rule : list("RINGBACK_ROUTES")) {
            int equals = rule.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a route: " + rule + "; accepted: REGEX=sip:HOST:PORT");
            }
            rules.add(new DialRoutes.Rule(
                    Pattern.compile(rule.substring(0, equals)), route("RINGBACK_ROUTES", rule.substring(equals + 1))));
        }
        return rules;
    }

    /** Numbers that have a route of their own go there, all others to the trunk. */
    private DialRoutes routes(@Nullable SipRoute trunk) {
        List<DialRoutes.Rule> rules = rules();
        if (trunk != null) {
            rules.add(new DialRoutes.Rule(EVERY_NUMBER, trunk));
        }
        return new DialRoutes(rules, Set.copyOf(ownNumbers()), DialRules.parse(optional("RINGBACK_DIAL_PREFIXES", "")));
    }

    private GatewaySettings.Media media() {
        String ports = optional("RINGBACK_RTP_PORTS", "20000-20999");
        String[] ends = ports.split("-", -1);
        if (!ports.matches("\\d+-\\d+")) {
            throw new IllegalArgumentException("RINGBACK_RTP_PORTS is no range: " + ports);
        }
        GatewaySettings.Media usual = GatewaySettings.Media.ofPorts(
                number("RINGBACK_RTP_PORTS", ends[0]), number("RINGBACK_RTP_PORTS", ends[1]));
        return new GatewaySettings.Media(
                usual.firstPort(),
                usual.lastPort(),
                number("RINGBACK_PACERS", usual.pacers()),
                usual.silence(),
                (long) number("RINGBACK_MIN_FREE_MEGABYTES", (int) (usual.minFreeBytes() >> 20)) << 20);
    }

    private Capacity capacity(Capacity usual) {
        int legs = number("RINGBACK_LEGS", usual.legs());
        return new Capacity(
                legs,
                number("RINGBACK_LEGS_PER_CALL", usual.legsPerCall()),
                number("RINGBACK_NEW_LEGS_PER_SECOND", usual.newLegsPerSecond()),
                number("RINGBACK_TRUNK_CALLS", legs),
                number("RINGBACK_NEW_TRUNK_CALLS_PER_SECOND", usual.newTrunkLegsPerSecond()));
    }

    private GatewaySettings.Admission admission() {
        GatewaySettings.Admission usual = GatewaySettings.Admission.DEFAULT;
        return new GatewaySettings.Admission(
                capacity(usual.capacity()),
                Duration.ofMinutes(number(
                        "RINGBACK_CALL_MINUTES", (int) usual.callDuration().toMinutes())),
                usual.offers());
    }

    private List<String> ownNumbers() {
        return list("RINGBACK_OWN_NUMBERS");
    }

    private List<String> list(String name) {
        return surroundings.optionalSetting(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private String optional(String name, String otherwise) {
        return surroundings.optionalSetting(name).orElse(otherwise);
    }

    private int number(String name, int otherwise) {
        return surroundings
                .optionalSetting(name)
                .map(text -> number(name, text))
                .orElse(otherwise);
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number: " + text, e);
        }
    }

    private static SipRoute route(String name, String text) {
        return SipRoute.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is no route: " + text + "; accepted: sip:HOST[:PORT][;transport=tcp]"));
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getAllByName(literal)[0];
    }
}
