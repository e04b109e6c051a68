package io.ringback.gateway.sip;

import java.util.ArrayList;
import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * The state of one SIP dialog, or of an INVITE that may make one (RFC 3261 §12), and the requests that follow from it.
 * Confined to its leg's executor.
 */
final class Dialog {
    private final String legId;
    private final String serverCallId;
    private final String callId;
    private final String localUri;
    private final String localTag;
    private final String remoteUri;
    private final SipURI requestUri;
    private SipURI remoteTarget;
    private @Nullable String remoteTag;
    private RouteSet routeSet = RouteSet.NONE;
    private long localCSeq;
    private long inviteCSeq;
    private String branch = "";
    private SipHop inviteHop;
    private String transport = "udp";
    private boolean answered;

    /** Shown beside our URI; no part of what names the dialog. */
    private String localName = "";

    /** True for a user's phone: it is reached by the flow it came from, wherever its Contact points. */
    private boolean onFlow;

    /**
     * @param localUri for From
     * @param remoteUri for To
     * @param requestUri of the INVITE
     */
    Dialog(
            String legId,
            String serverCallId,
            String callId,
            String localUri,
            String localTag,
            String remoteUri,
            SipURI requestUri,
            SipHop inviteHop) {
        this.legId = legId;
        this.serverCallId = serverCallId;
        this.callId = callId;
        this.localUri = localUri;
        this.localTag = localTag;
        this.remoteUri = remoteUri;
        this.requestUri = requestUri;
        this.remoteTarget = requestUri;
        this.inviteHop = inviteHop;
    }

    /** The dialog that an earlier life noted. */
    static Dialog of(DialogRecord noted) {
        SipURI requestUri = SipMessages.uri(noted.requestUri()).orElseThrow();
        Dialog dialog = new Dialog(
                noted.legId(),
                noted.serverCallId(),
                noted.sipCallId(),
                noted.localUri(),
                noted.localTag(),
                noted.remoteUri(),
                requestUri,
                SipHop.parse(noted.nextHop()));
        String target = noted.remoteTarget();
        dialog.remoteTarget =
                target == null ? requestUri : SipMessages.uri(target).orElse(requestUri);
        dialog.remoteTag = noted.remoteTag();
        dialog.routeSet = new RouteSet(noted.routeSet());
        dialog.localCSeq = noted.localCSeq();
        dialog.inviteCSeq = noted.inviteCSeq();
        dialog.branch = noted.branch();
        dialog.answered = noted.answered();
        return dialog;
    }

    /**
     * The dialog that an INVITE from a peer makes when we answer it (§12.1.1).
     *
     * @param target the peer's Contact
     * @param flow where it came from; null to send to the target itself
     */
    static Dialog called(
            String legId, String serverCallId, Request invite, String localTag, SipURI target, @Nullable SipHop flow) {
        Dialog dialog = new Dialog(
                legId,
                serverCallId,
                SipMessages.callId(invite),
                SipMessages.address(invite, "To").getURI().toString(),
                localTag,
                SipMessages.address(invite, "From").getURI().toString(),
                target,
                flow == null ? SipHop.of(target) : flow);
        String remoteTag = SipMessages.fromTag(invite);
        dialog.remoteTag = remoteTag == null ? "" : remoteTag;
        dialog.routeSet = RouteSet.asCalled(invite);
        dialog.transport = dialog.inviteHop.transport();
        dialog.onFlow = flow != null;
        return dialog;
    }

    /** Its requests take the flow of the INVITE, as do those of a later life. */
    void stayOnFlow() {
        onFlow = true;
    }

    /** Shows this name beside our URI. */
    void showing(String name) {
        localName = name;
    }

    /** Our 2xx goes out. */
    void answer() {
        answered = true;
    }

    DialogRecord toRecord() {
        // Who finds the target to be the request URI sends to the hop of the INVITE.
        boolean sameHop = onFlow && answered;
        return new DialogRecord(
                legId,
                serverCallId,
                answered,
                callId,
                localUri,
                localTag,
                remoteUri,
                remoteTag,
                localCSeq,
                inviteCSeq,
                branch,
                (sameHop ? remoteTarget : requestUri).toString(),
                remoteTarget == requestUri || sameHop ? null : remoteTarget.toString(),
                routeSet.routes(),
                inviteHop.toString());
    }

    /** The dialog that another answer to the same INVITE makes (RFC 3261 §13.2.2.4). */
    Dialog fork(Response answer) {
        Dialog fork = Dialog.of(toRecord());
        fork.onFlow = onFlow;
        fork.confirm(answer);
        return fork;
    }

    /** An INVITE is about to leave under this branch; gives its number. */
    long nextInvite(String branch, SipHop hop) {
        this.branch = branch;
        inviteHop = hop;
        transport = hop.transport();
        inviteCSeq = nextCSeq();
        return inviteCSeq;
    }

    /** The INVITE went out over this hop, which a CANCEL has to take too. */
    void sentOver(SipHop hop) {
        inviteHop = hop;
    }

    /** A number for a request within the dialog. */
    long nextCSeq() {
        return ++localCSeq;
    }

    /** Takes tag, route set and target of a provisional answer; true if anything changed. */
    boolean early(Response response) {
        String tag = SipMessages.toTag(response);
        if (tag == null || tag.equals(remoteTag)) {
            return false;
        }
        take(response, tag);
        return true;
    }

    /** Takes the state that a 2xx to the INVITE brings. */
    void confirm(Response response) {
        answered = true;
        String tag = SipMessages.toTag(response);
        take(response, tag == null ? "" : tag);
    }

    private void take(Response response, String tag) {
        remoteTag = tag;
        routeSet = RouteSet.asCaller(response);
        remoteTarget = requestUri;
        retarget(response.getHeader(ContactHeader.NAME));
    }

    /** A target refresh (RFC 3261 §12.2); true if the target changed. */
    boolean retarget(@Nullable Header contact) {
        if (contact instanceof HeaderAddress address
                && address.getAddress().getURI() instanceof SipURI uri
                && !uri.equals(remoteTarget)) {
            remoteTarget = uri;
            return true;
        }
        return false;
    }

    /** True if a request or answer with these tags belongs to this dialog and no other of the same Call-ID. */
    boolean matches(@Nullable String localTag, @Nullable String remoteTag) {
        return this.localTag.equals(localTag)
                && this.remoteTag != null
                && this.remoteTag.equals(remoteTag == null ? "" : remoteTag);
    }

    /** The INVITE itself, outside the dialog that it will make. */
    Request invite() {
        return SipMessages.request(Request.INVITE, requestUri, headers(Request.INVITE, inviteCSeq, ""));
    }

    /** A CANCEL for the INVITE that was sent last: same target, tags, number (RFC 3261 §9.1). */
    Request cancel() {
        return SipMessages.request(Request.CANCEL, requestUri, headers(Request.CANCEL, inviteCSeq, ""));
    }

    /** An ACK for a final answer other than 2xx, for an INVITE whose transaction is gone (§17.1.1.3). */
    Request ackOfFailure(Response answer) {
        String tag = SipMessages.toTag(answer);
        return SipMessages.request(Request.ACK, requestUri, headers(Request.ACK, inviteCSeq, tag == null ? "" : tag));
    }

    /**
     * An ACK for a 2xx (§13.2.2.4).
     *
     * @param invite the INVITE that was answered, whose credentials the ACK repeats (§22.1)
     */
    Request ack(long cseq, Request invite) {
        Request ack = request(Request.ACK, cseq);
        for (String name : List.of("Authorization", "Proxy-Authorization")) {
            SipMessages.headers(invite, name).forEach(ack::addHeader);
        }
        return ack;
    }

    /** A request within the dialog, with its route (§12.2.1.1). */
    Request request(String method, long cseq) {
        List<Header> headers = headers(method, cseq, remoteTag == null ? "" : remoteTag);
        headers.addAll(routeSet.headers(remoteTarget));
        return SipMessages.request(method, routeSet.requestUri(remoteTarget), headers);
    }

    /** Where requests within the dialog go: the first route, else the target. */
    SipHop nextHop() {
        boolean direct = routeSet.isEmpty();
        return direct && (remoteTarget == requestUri || onFlow) ? inviteHop : SipHop.of(routeSet.nextHop(remoteTarget));
    }

    private List<Header> headers(String method, long cseq, String toTag) {
        List<Header> headers = new ArrayList<>();
        String name = localName.isEmpty() ? "" : "\"" + localName + "\" ";
        headers.add(SipMessages.header("From", name + "<" + localUri + ">;tag=" + localTag));
        headers.add(SipMessages.header("To", "<" + remoteUri + ">" + (toTag.isEmpty() ? "" : ";tag=" + toTag)));
        headers.add(SipMessages.header("Call-ID", callId));
        headers.add(SipMessages.header("CSeq", cseq + " " + method));
        return headers;
    }

    String callId() {
        return callId;
    }

    /** Our tag, which with the Call-ID names the dialog. */
    String localTag() {
        return localTag;
    }

    String branch() {
        return branch;
    }

    SipHop inviteHop() {
        return inviteHop;
    }

    /** The transport that our Contact names: the one of the route, also where a large request took another. */
    String transport() {
        return transport;
    }

    long inviteCSeq() {
        return inviteCSeq;
    }

    boolean answered() {
        return answered;
    }

    @Nullable
    String remoteTag() {
        return remoteTag;
    }
}
