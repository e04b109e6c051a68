package io.ringback.gateway.sip;

import javax.sip.ServerTransaction;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** An INVITE that came in, and what is answered to it: one final answer, whoever is first. Thread-safe. */
final class IncomingInvite {
    private final Request request;
    private final ServerTransaction transaction;
    private final Wire wire;
    private final String ourTag;
    private boolean over;

    /**
     * What tells one INVITE from another, whichever way it came; the same with another branch is one that met a fork on
     * its way to us (RFC 3261 §8.2.2.2).
     */
    record Key(String callId, @Nullable String fromTag, long cseq) {
        /** Of an INVITE, or of the INVITE that a CANCEL means. */
        static Key of(Request request) {
            return new Key(
                    SipMessages.callId(request),
                    SipMessages.fromTag(request),
                    SipMessages.cseq(request).getSeqNumber());
        }
    }

    IncomingInvite(Request request, ServerTransaction transaction, Wire wire, String ourTag) {
        this.request = request;
        this.transaction = transaction;
        this.wire = wire;
        this.ourTag = ourTag;
    }

    Request request() {
        return request;
    }

    String ourTag() {
        return ourTag;
    }

    Key key() {
        return Key.of(request);
    }

    boolean hasBranchOf(Request other) {
        return branch(request).equals(branch(other));
    }

    private static String branch(Request request) {
        return String.valueOf(((ViaHeader) request.getHeader(ViaHeader.NAME)).getBranch());
    }

    /** An answer within the dialog that a 2xx would make. */
    Response response(int status) {
        return SipMessages.tagged(SipMessages.response(status, request), ourTag);
    }

    /** Answers the CANCEL of this INVITE. */
    void answerCancel(ServerTransaction cancel) {
        wire.respond(cancel, SipMessages.tagged(SipMessages.response(Response.OK, cancel.getRequest()), ourTag));
    }

    /** Tells the sender that it need not repeat itself. */
    void trying() {
        wire.respond(transaction, SipMessages.response(Response.TRYING, request));
    }

    /** Sends a provisional answer, unless a final one went out. */
    synchronized void provisional(Response response) {
        if (!over) {
            wire.respond(transaction, response);
        }
    }

    /** Sends a final answer; false if there was one before. */
    synchronized boolean last(Response response) {
        if (over) {
            return false;
        }
        over = true;
        wire.respond(transaction, response);
        return true;
    }

    /** Sends a final refusal; false if there was a final answer before. */
    boolean refuse(int status) {
        return last(SipMessages.tagged(SipMessages.refusal(status, request), ourTag));
    }

    synchronized boolean isOver() {
        return over;
    }
}
