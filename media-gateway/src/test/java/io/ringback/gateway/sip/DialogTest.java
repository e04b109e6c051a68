package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.text.ParseException;
import java.util.List;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests of a dialog as RFC 3261 §12.2.1.1 wants them, from the state that a later life would find. */
class DialogTest {
    private static DialogRecord answered(String... routes) {
        return new DialogRecord(
                "leg-1",
                "call-1",
                true,
                "call-id",
                "sip:us@198.51.100.1",
                "us",
                "sip:them@192.0.2.1",
                "them",
                7,
                3,
                "z9hG4bKinvite",
                "sip:them@192.0.2.1",
                "sip:phone@192.0.2.9:5070;transport=tcp",
                List.of(routes),
                "192.0.2.1:5060/udp");
    }

    @Test
    void aRecordSurvivesTheDialog() {
        DialogRecord record = answered("<sip:p1@192.0.2.2;lr>", "<sip:p2@192.0.2.3;lr>");

        assertThat(Dialog.of(record).toRecord()).isEqualTo(record);
    }

    @Test
    void withoutRoutesTheTargetIsTheNextHop() {
        Dialog dialog = Dialog.of(answered());

        assertThat(dialog.nextHop()).isEqualTo(new SipHop("192.0.2.9", 5070, "tcp"));
        assertThat(dialog.request("BYE", dialog.nextCSeq()).toString())
                .startsWith("BYE sip:phone@192.0.2.9:5070;transport=tcp SIP/2.0\r\n")
                .contains("CSeq: 8 BYE", "From: <sip:us@198.51.100.1>;tag=us", "To: <sip:them@192.0.2.1>;tag=them")
                .doesNotContain("Route:");
    }

    @Test
    void looseRoutesAreNamedAndTheFirstIsTheNextHop() {
        Dialog dialog = Dialog.of(answered("<sip:p1@192.0.2.2:5080;lr>", "<sip:p2@192.0.2.3;lr>"));

        assertThat(dialog.nextHop()).isEqualTo(new SipHop("192.0.2.2", 5080, "udp"));
        assertThat(dialog.request("BYE", 8).toString())
                .startsWith("BYE sip:phone@192.0.2.9:5070;transport=tcp SIP/2.0\r\n")
                .contains("Route: <sip:p1@192.0.2.2:5080;lr>,<sip:p2@192.0.2.3;lr>");
    }

    @Test
    void aStrictRouterIsTheTargetAndTheTargetTheLastRoute() {
        Dialog dialog = Dialog.of(answered("<sip:p1@192.0.2.2>", "<sip:p2@192.0.2.3;lr>"));

        assertThat(dialog.nextHop()).isEqualTo(new SipHop("192.0.2.2", 5060, "udp"));
        assertThat(dialog.request("BYE", 8).toString())
                .startsWith("BYE sip:p1@192.0.2.2 SIP/2.0\r\n")
                .contains("Route: <sip:p2@192.0.2.3;lr>,<sip:phone@192.0.2.9:5070;transport=tcp>");
    }

    @Test
    void aCancelRepeatsTheInvitesNumberAndTagsThoughOthersFollowed() {
        assertThat(Dialog.of(answered()).cancel().toString())
                .startsWith("CANCEL sip:them@192.0.2.1 SIP/2.0\r\n")
                .contains("CSeq: 3 CANCEL", "To: <sip:them@192.0.2.1>\r\n");
    }

    @Test
    void onlyBothTagsMatchTheDialog() {
        Dialog dialog = Dialog.of(answered());

        assertThat(dialog.matches("us", "them")).isTrue();
        assertThat(dialog.matches("us", "other")).isFalse();
        assertThat(dialog.matches("us", null)).isFalse();
        assertThat(dialog.matches(null, "them")).isFalse();
    }

    private static Request invite(String... headers) throws ParseException {
        String text = "INVITE sip:us@198.51.100.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKi\r\n"
                + "From: <sip:them@192.0.2.1>;tag=them\r\nTo: <sip:us@198.51.100.1>\r\nCall-ID: call-id\r\n"
                + "CSeq: 3 INVITE\r\nMax-Forwards: 70\r\nContact: <sip:phone@192.0.2.9:5070>\r\n"
                + String.join("", headers) + "Content-Length: 0\r\n\r\n";
        return new MessageFactoryImpl().createRequest(text);
    }

    private static Dialog called(@Nullable SipHop flow, String... headers) throws ParseException {
        Request invite = invite(headers);
        return Dialog.called(
                "leg-1", "call-1", invite, "us", SipMessages.contact(invite).orElseThrow(), flow);
    }

    @Test
    void aDialogThatAPeerBeganHasItsTagsTheOtherWayRoundAndTheRoutesInOrder() throws Exception {
        Dialog dialog =
                called(null, "Record-Route: <sip:p1@192.0.2.2;lr>\r\n", "Record-Route: <sip:p2@192.0.2.3;lr>\r\n");

        assertThat(dialog.matches("us", "them")).isTrue();
        assertThat(dialog.nextHop()).isEqualTo(new SipHop("192.0.2.2", 5060, "udp"));
        assertThat(dialog.request("BYE", dialog.nextCSeq()).toString())
                .startsWith("BYE sip:phone@192.0.2.9:5070 SIP/2.0\r\n")
                .contains("CSeq: 1 BYE", "From: <sip:us@198.51.100.1>;tag=us", "To: <sip:them@192.0.2.1>;tag=them")
                .contains("Route: <sip:p1@192.0.2.2;lr>,<sip:p2@192.0.2.3;lr>");
    }

    @Test
    void aDialogOnAFlowKeepsItWhateverTheTargetBecomesAndForALaterLife() throws Exception {
        Dialog dialog = called(new SipHop("203.0.113.5", 40000, "udp", true));
        dialog.answer();
        dialog.retarget(SipMessages.header("Contact", "<sip:phone@192.0.2.10>"));

        assertThat(dialog.nextHop().getHost()).isEqualTo("203.0.113.5");
        Dialog later = Dialog.of(dialog.toRecord());
        assertThat(later.nextHop()).isEqualTo(new SipHop("203.0.113.5", 40000, "udp"));
        assertThat(later.request("BYE", 1).toString()).startsWith("BYE sip:phone@192.0.2.10 SIP/2.0\r\n");
    }

    @Test
    void aDialogWithoutAFlowFollowsItsTarget() throws Exception {
        Dialog dialog = called(null);
        assertThat(dialog.nextHop()).isEqualTo(new SipHop("192.0.2.9", 5070, "udp"));
        dialog.retarget(SipMessages.header("Contact", "<sip:phone@192.0.2.10>"));

        assertThat(dialog.nextHop()).isEqualTo(new SipHop("192.0.2.10", 5060, "udp"));
    }
}
