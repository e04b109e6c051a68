package io.ringback.gateway.sip;

import io.ringback.gateway.sip.UdpPeer.Message;
import java.util.ArrayList;
import java.util.List;

/** A request as plain text, line by line, as a phone or a trunk would write it. */
final class Ask {
    private final String method;
    private final String target;
    private final UdpPeer from;
    private String callId;
    private String fromHeader = "<sip:+15550100@192.0.2.7>;tag=caller";
    private String toHeader = "<sip:+15550199@127.0.0.1>";
    private String branch;
    private long cseq = 1;
    private String body = "";
    private String contact;
    private final List<String> more = new ArrayList<>();

    private Ask(String method, String target, UdpPeer from) {
        this.method = method;
        this.target = target;
        this.from = from;
        this.callId = "call-of-" + from.port();
        this.branch = "z9hG4bK" + method + from.port();
        this.contact = "<sip:caller@127.0.0.1:" + from.port() + ">";
    }

    static Ask of(String method, UdpPeer from) {
        return new Ask(method, "sip:+15550199@127.0.0.1", from);
    }

    static Ask of(String method, String target, UdpPeer from) {
        return new Ask(method, target, from);
    }

    /** The same within the dialog that this answer makes. */
    Ask within(Message answer) {
        toHeader = answer.header("To");
        fromHeader = answer.header("From");
        callId = answer.header("Call-ID");
        branch = "z9hG4bK" + method + cseq + "in" + from.port();
        return this;
    }

    Ask callId(String id) {
        callId = id;
        branch = branch + id;
        return this;
    }

    Ask from(String header) {
        fromHeader = header;
        return this;
    }

    Ask to(String header) {
        toHeader = header;
        return this;
    }

    Ask branch(String text) {
        branch = "z9hG4bK" + text;
        return this;
    }

    Ask cseq(long number) {
        cseq = number;
        branch = branch + number;
        return this;
    }

    /** The number of an INVITE, which its ACK and CANCEL repeat, branch included for the CANCEL. */
    Ask ofInvite(Ask invite) {
        cseq = invite.cseq;
        callId = invite.callId;
        if (method.equals("CANCEL")) {
            branch = invite.branch;
        }
        return this;
    }

    Ask body(String sdp) {
        body = sdp;
        return this;
    }

    Ask contact(String header) {
        contact = header;
        return this;
    }

    Ask with(String... headers) {
        more.addAll(List.of(headers));
        return this;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, method + " " + target + " SIP/2.0");
        line(text, "Via: SIP/2.0/UDP 127.0.0.1:" + from.port() + ";branch=" + branch + ";rport");
        line(text, "From: " + fromHeader);
        line(text, "To: " + toHeader);
        line(text, "Call-ID: " + callId);
        line(text, "CSeq: " + cseq + " " + method);
        if (!contact.isEmpty()) {
            line(text, "Contact: " + contact);
        }
        line(text, "Max-Forwards: 70");
        more.forEach(header -> line(text, header));
        if (!body.isEmpty()) {
            line(text, "Content-Type: application/sdp");
        }
        line(text, "Content-Length: " + body.length());
        return text.append("\r\n").append(body).toString();
    }

    private static void line(StringBuilder to, String line) {
        to.append(line).append("\r\n");
    }
}
