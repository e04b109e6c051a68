package io.ringback.gateway.sip;

import io.ringback.gateway.sdp.MediaSession;
import io.ringback.gateway.sdp.Negotiation;
import io.ringback.gateway.sip.Timers.Timer;
import java.time.Duration;
import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An INVITE whose sender is known, until somebody takes it on or refuses it. */
final class Offer implements InboundOffer {
    private static final Logger log = LoggerFactory.getLogger(Offer.class);

    /** Longer than any look-up; a caller who hears nothing for so long is better served elsewhere. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final PendingInvite pending;
    private final Invitation invitation;
    private final LegContext context;
    private final SipURI target;
    private final @Nullable SipHop flow;
    private boolean decided;
    private @Nullable Timer patience;

    private Offer(
            PendingInvite pending, Invitation invitation, LegContext context, SipURI target, @Nullable SipHop flow) {
        this.pending = pending;
        this.invitation = invitation;
        this.context = context;
        this.target = target;
        this.flow = flow;
    }

    /**
     * Makes an offer of an INVITE, or refuses it: 400 where its headers can make no dialog, 488 where its media are none
     * of ours.
     *
     * @param flow where a user's phone is reached; null for a trunk
     */
    static Optional<Offer> of(PendingInvite pending, Invitation invitation, LegContext context, @Nullable SipHop flow) {
        Request invite = pending.invite().request();
        Optional<SipURI> contact = SipMessages.contact(invite);
        if (contact.isEmpty() || !makesDialog(invite, contact.get())) {
            pending.refuse(Response.BAD_REQUEST);
            return Optional.empty();
        }
        if (SipMessages.hasSdp(invite)
                && new MediaSession("0.0.0.0", 2, 0).answer(SipMessages.body(invite))
                        instanceof Negotiation.Refused refused) {
            log.debug("an INVITE is refused: {}", refused.why());
            pending.refuse(Response.NOT_ACCEPTABLE_HERE);
            return Optional.empty();
        }
        return Optional.of(new Offer(pending, invitation, context, contact.get(), flow));
    }

    /** Tags and URIs of a peer's making go into our own requests later; what cannot be written again is refused now. */
    private static boolean makesDialog(Request invite, SipURI target) {
        try {
            return !Dialog.called("", "", invite, "x", target, null)
                    .request(Request.BYE, 1)
                    .toString()
                    .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Hands it over, unless the caller has given up already. */
    void to(InboundCalls calls) {
        if (pending.invite().isOver()) {
            return;
        }
        synchronized (this) {
            patience = context.timers().after(PATIENCE, pending.executor(), this::leftAlone);
        }
        try {
            calls.offered(this);
        } catch (RuntimeException | Error e) {
            log.error("nobody could decide about a call", e);
            leftAlone();
        }
    }

    private void leftAlone() {
        if (decide()) {
            pending.refuse(503);
        }
    }

    private synchronized boolean decide() {
        if (decided) {
            return false;
        }
        decided = true;
        if (patience != null) {
            patience.cancel();
        }
        return true;
    }

    @Override
    public Invitation invitation() {
        return invitation;
    }

    @Override
    public InboundLeg begin(String legId, String serverCallId, int rtpPort, SipLegListener listener) {
        boolean first = decide();
        if (!first && !pending.invite().isOver()) {
            throw new IllegalStateException("a call is begun once");
        }
        Dialog dialog = Dialog.called(
                legId,
                serverCallId,
                pending.invite().request(),
                pending.invite().ourTag(),
                target,
                flow);
        MediaSession media = new MediaSession(
                context.wire().advertised().getHostString(),
                rtpPort,
                Long.parseLong(context.tokens().get().substring(0, 12), 16));
        SipRoute trunk = context.settings().trunk();
        TrunkAccount account = flow == null && trunk != null ? trunk.account() : null;
        CallerLeg leg = new CallerLeg(legId, pending, dialog, media, context, account, listener);
        pending.become(leg);
        return leg;
    }

    @Override
    public void refuse(int sipStatus) {
        if (decide()) {
            pending.refuse(sipStatus);
        }
    }
}
