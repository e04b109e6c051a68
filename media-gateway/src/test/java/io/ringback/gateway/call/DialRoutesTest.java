package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.directory.DialRules;
import io.ringback.gateway.call.DialRoutes.Route;
import io.ringback.gateway.call.DialRoutes.Rule;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.Invitation.Sender;
import io.ringback.gateway.sip.SipRoute;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What may be shown and dialled for callers (telephony §5, §10). */
class DialRoutesTest {
    private static final Sender TRUNK = new Sender.Trunk("192.0.2.1");
    private static final Sender USER = new Sender.User(Identifier.ofUser("ann"), "ann");

    @Test
    void aCallersOwnNumberIsShownOnlyWhereTheOperatorsListAllowsIt() {
        DialRoutes listed = routes(Set.of("+12065550199"));
        assertThat(listed.mayShow(caller(TRUNK, "+12065550199"))).isEqualTo("+12065550199");
        assertThat(listed.mayShow(caller(USER, "12065550199"))).isEqualTo("+12065550199");
        assertThat(listed.mayShow(caller(TRUNK, "+12065550123"))).isNull();
    }

    @Test
    void whatAPhoneClaimsIsShownOnlyIfItIsListed() {
        DialRoutes any = routes(Set.of());
        assertThat(any.mayShow(caller(TRUNK, "+12065550123"))).isEqualTo("+12065550123");
        assertThat(any.mayShow(caller(USER, "+12065550123"))).isNull();
        assertThat(any.mayShow(caller(TRUNK, "100"))).isNull();
    }

    @Test
    void usersMayDialAllowedPrefixesOnly() {
        DialRoutes routes = routes(Set.of());
        assertThat(routes.usersMayDial("+12065550100")).isTrue();
        assertThat(routes.usersMayDial("+4915551234")).isFalse();
    }

    @Test
    void anOrderIsHeldToTheSameRulesWhoeverGaveIt() {
        Rule everywhere = new Rule(
                Pattern.compile(".*"), SipRoute.parse("sip:trunk.example").orElseThrow());
        DialRoutes routes =
                new DialRoutes(List.of(everywhere), Set.of(), DialRules.parse("+1,!+1900,sip:pbx.example.com"));

        assertThat(routes.route(new Identifier("4:+12065550100"), null)).isInstanceOf(Route.To.class);
        assertThat(routes.route(new Identifier("sip:ada@pbx.example.com"), null))
                .isEqualTo(new Route.To("sip:ada@pbx.example.com", null));
        assertRefused(routes, "4:+19005550100", EndReason.POLICY);
        assertRefused(routes, "4:+4930123456", EndReason.POLICY);
        assertRefused(routes, "sip:ada@evil.example", EndReason.POLICY);
        assertRefused(routes, "4:+1911", EndReason.NOT_FOUND);
        assertRefused(routes, "4:+12065550100@evil.example", EndReason.NOT_FOUND);
        assertRefused(routes, "sip:ada@pbx.example.com;maddr=203.0.113.9", EndReason.NOT_FOUND);
        assertRefused(routes, "sip:ada@pbx.example.com:5080", EndReason.NOT_FOUND);
    }

    private static void assertRefused(DialRoutes routes, String rawId, EndReason reason) {
        assertThat(routes.route(new Identifier(rawId), null))
                .isInstanceOfSatisfying(
                        Route.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static DialRoutes routes(Set<String> ownNumbers) {
        return new DialRoutes(List.of(), ownNumbers, DialRules.parse("+1"));
    }

    private static Invitation caller(Sender sender, String number) {
        return new Invitation(sender, "+12065550100", "gateway.example", number, null, false);
    }
}
