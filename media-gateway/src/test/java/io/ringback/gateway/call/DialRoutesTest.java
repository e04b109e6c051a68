package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Identifier;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.Invitation.Sender;
import java.util.List;
import java.util.Set;
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

    private static DialRoutes routes(Set<String> ownNumbers) {
        return new DialRoutes(List.of(), Set.of(), ownNumbers, Set.of("+1"));
    }

    private static Invitation caller(Sender sender, String number) {
        return new Invitation(sender, "+12065550100", "gateway.example", number, null, false);
    }
}
