package io.ringback.local.phones;

import gov.nist.javax.sip.header.extensions.SessionExpires;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** The SIP messages that a phone sends in one call. */
final class PhoneDialog {
    private final Telephony telephony;
    private final ServerTransaction invite;
    private final String number;
    private final String tag;

    PhoneDialog(Telephony telephony, ServerTransaction invite, String number, long seed) {
        this.telephony = telephony;
        this.invite = invite;
        this.number = number;
        this.tag = "phone-" + Long.toHexString(seed);
    }

    /** The INVITE's offer; empty when it leaves the offer to the phone. */
    Optional<String> offer() {
        return body(invite.getRequest());
    }

    /** A message's body as text, if it has one. */
    static Optional<String> body(Message message) {
        byte[] content = message.getRawContent();
        return content == null || content.length == 0
                ? Optional.empty()
                : Optional.of(new String(content, StandardCharsets.UTF_8));
    }

    void ring() {
        send(invite, identified(invite, Response.RINGING));
    }

    void reject(int sipStatus) {
        send(invite, identified(invite, sipStatus));
    }

    /** The 2xx to the INVITE. */
    void accept(String description) {
        agree(invite, Optional.of(description));
    }

    /** A 2xx to an INVITE or UPDATE. */
    void agree(ServerTransaction transaction, Optional<String> description) {
        Response response = identified(transaction, Response.OK);
        description.ifPresent(text -> telephony.writer().body(response, "application", "sdp", text));
        keepSessionTimer(transaction.getRequest(), response);
        send(transaction, response);
    }

    /** A final answer to an in-dialog request that did not suit. */
    void refuse(ServerTransaction transaction, int sipStatus) {
        send(transaction, telephony.writer().response(sipStatus, transaction.getRequest()));
    }

    /**
     * RFC 4028 §9: a session timer that the far side wants is agreed to, with the far side as refresher. Where it wants
     * the phone to refresh, the phone is one that knows no session timers.
     */
    private void keepSessionTimer(Request request, Response response) {
        if (request.getHeader(SessionExpires.NAME) instanceof SessionExpires wanted
                && !"uas".equals(wanted.getRefresher())) {
            telephony.writer().header(response, SessionExpires.NAME, wanted.getExpires() + ";refresher=uac");
            telephony.writer().header(response, "Require", "timer");
        }
    }

    void bye() {
        request(Request.BYE, "");
    }

    /** A key press by INFO, in the customary form of {@code application/dtmf-relay}. */
    void info(Key key) {
        request(Request.INFO, "Signal=" + key.label() + "\r\nDuration=160\r\n");
    }

    private void request(String method, String dtmfRelay) {
        try {
            Dialog dialog = invite.getDialog();
            Request request = dialog.createRequest(method);
            if (!dtmfRelay.isEmpty()) {
                telephony.writer().body(request, "application", "dtmf-relay", dtmfRelay);
            }
            dialog.sendRequest(telephony.provider().getNewClientTransaction(request));
        } catch (SipException e) {
            throw new IllegalStateException(method + " could not be sent", e);
        }
    }

    private Response identified(ServerTransaction transaction, int status) {
        Response response = telephony.writer().response(status, transaction.getRequest());
        telephony.writer().identify(response, number, tag);
        return response;
    }

    private void send(ServerTransaction transaction, Response response) {
        telephony.writer().send(transaction, response);
    }
}
