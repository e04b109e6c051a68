package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.MessageFactoryImpl;
import io.ringback.core.directory.UserIdentity;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Instant;
import javax.sip.message.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls whom, by the headers of an INVITE. */
class InvitationsTest {
    private static final SipSource SOURCE = new SipSource(InetAddress.getLoopbackAddress(), 5060, "udp");

    private static Request invite(String target, String from, String... headers) throws ParseException {
        return new MessageFactoryImpl()
                .createRequest("INVITE " + target + " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKi\r\n"
                        + "From: " + from + ";tag=them\r\nTo: <sip:us@198.51.100.1>\r\nCall-ID: call-id\r\n"
                        + "CSeq: 3 INVITE\r\nMax-Forwards: 70\r\nContact: <sip:phone@192.0.2.9:5070>\r\n"
                        + String.join("", headers) + "Content-Length: 0\r\n\r\n");
    }

    private static Invitation ofTrunk(String target, String from, String... headers) throws ParseException {
        return Invitations.ofTrunk(invite(target, from, headers), SOURCE);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:+15550199@RINGBACK:5062;transport=tcp, +15550199, ringback",
        "sip:%2B15550199@192.0.2.1, +15550199, 192.0.2.1",
        "sip:+15550199;phone-context=x@192.0.2.1, +15550199, 192.0.2.1",
        "sip:bob@ringback, bob, ringback",
        "sip:b%C3%B6b@ringback, böb, ringback",
        "sip:ringback, '', ringback",
    })
    void theCalledOneIsTheRequestUri(String target, String user, String host) throws Exception {
        Invitation invitation = ofTrunk(target, "<sip:+15550100@192.0.2.7>");

        assertThat(invitation.user()).isEqualTo(user);
        assertThat(invitation.host()).isEqualTo(host);
    }

    @Test
    void aLongNameIsCutBetweenTwoCharacters() throws Exception {
        String name = "n".repeat(127) + "\uD83D\uDE00";

        assertThat(ofTrunk("sip:+15550199@192.0.2.1", "\"" + name + "\" <sip:+15550100@192.0.2.7>")
                        .displayName())
                .isEqualTo("n".repeat(127));
    }

    @ParameterizedTest
    @CsvSource({
        "<sip:+15550100@192.0.2.7>, +15550100",
        "<sip:%2B15550100@192.0.2.7;user=phone>, +15550100",
        "<sip:00155501@192.0.2.7>, 00155501",
        "<tel:+1-555-0100>, +15550100",
        "<sip:anonymous@anonymous.invalid>,",
        "<sip:192.0.2.7>,",
        "<sip:+155501001234567890123456@192.0.2.7>,",
    })
    void theCallersNumberIsOneOrNone(String from, String number) throws Exception {
        assertThat(ofTrunk("sip:+15550199@192.0.2.1", from).callerNumber()).isEqualTo(number);
    }

    @Test
    void aTrunksAssertedIdentityCountsBeforeItsFrom() throws Exception {
        Invitation invitation = ofTrunk(
                "sip:+15550199@192.0.2.1",
                "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
                "P-Asserted-Identity: <sip:nobody@example.net>\r\n",
                "P-Asserted-Identity: <tel:+15550142>\r\n");

        assertThat(invitation.callerNumber()).isEqualTo("+15550142");
        assertThat(invitation.asserted()).isTrue();
        assertThat(invitation.displayName()).isEqualTo("Anonymous");
    }

    @Test
    void aUserAssertsNothing() throws Exception {
        UserIdentity ann = new UserIdentity(SipUsers.identifier("ann"), "ann", "", "Ann A.", Instant.EPOCH);
        Invitation invitation = Invitations.ofUser(
                invite("sip:bob@ringback", "<sip:ann@ringback>", "P-Asserted-Identity: <sip:+15550142@ringback>\r\n"),
                ann);

        assertThat(invitation.callerNumber()).isNull();
        assertThat(invitation.asserted()).isFalse();
        assertThat(invitation.displayName()).as("the identity's own").isEqualTo("Ann A.");
    }

    @Test
    void aNameIsShortAndPrintable() throws Exception {
        String name = ofTrunk("sip:+15550199@192.0.2.1", "\"" + "N".repeat(300) + "\" <sip:+15550100@192.0.2.7>")
                .displayName();

        assertThat(name).hasSize(128);
    }
}
