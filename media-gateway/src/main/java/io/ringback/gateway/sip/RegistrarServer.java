package io.ringback.gateway.sip;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.Registrations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Notes where users can be reached (RFC 3261 §10.3). Waits for the store. */
final class RegistrarServer {
    static final long SHORTEST = 60;
    static final long LONGEST = 3600;

    /** Longer contacts are no phone's. */
    private static final int MAX_CONTACT = 512;

    private final SipUsers users;

    RegistrarServer(SipUsers users) {
        this.users = users;
    }

    /** A wish about one contact; 0 seconds remove it. */
    private record Wish(String contact, long seconds) {}

    /**
     * Does what a REGISTER wants, all of it or nothing.
     *
     * @param user who proved to have sent it
     * @param source where that user's phone is reached
     */
    Response register(Request request, UserIdentity user, SipSource source) {
        if (!SipMessages.userOf(SipMessages.address(request, "To")).equals(user.username())) {
            return SipMessages.response(Response.FORBIDDEN, request);
        }
        Optional<Response> badExtension = SipMessages.badExtension(request);
        if (badExtension.isPresent()) {
            return badExtension.get();
        }
        Instant now = users.clock().instant();
        Identifier of = user.identifier();
        List<Registration> known = users.registrations().of(of, now);
        List<Wish> wishes = new ArrayList<>();
        Optional<Response> refusal = read(request, known, wishes);
        if (refusal.isEmpty()) {
            refusal = outOfOrder(request, known, wishes);
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String callId = SipMessages.callId(request);
        long cseq = SipMessages.cseq(request).getSeqNumber();
        for (Wish wish : wishes) {
            if (wish.seconds() == 0) {
                users.registrations().remove(of, wish.contact(), callId, cseq);
            } else {
                users.registrations()
                        .put(new Registration(
                                of,
                                users.gatewayId(),
                                wish.contact(),
                                source.toString(),
                                callId,
                                cseq,
                                now.plusSeconds(wish.seconds())));
            }
        }
        return current(request, of, now);
    }

    private static Optional<Response> read(Request request, List<Registration> known, List<Wish> wishes) {
        List<ContactHeader> contacts = SipMessages.headers(request, "Contact")
                .map(ContactHeader.class::cast)
                .toList();
        boolean all = contacts.stream().anyMatch(RegistrarServer::isWildcard);
        if (all) {
            boolean alone = contacts.size() == 1
                    && request.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader header
                    && header.getExpires() == 0;
            known.forEach(one -> wishes.add(new Wish(one.contact(), 0)));
            return alone ? Optional.empty() : refused(Response.BAD_REQUEST, request);
        }
        for (ContactHeader contact : contacts) {
            String uri = contact.getAddress().getURI().toString();
            long seconds = seconds(contact, request);
            if (!(contact.getAddress().getURI() instanceof SipURI sip)
                    || sip.isSecure()
                    || uri.length() > MAX_CONTACT) {
                return refused(Response.BAD_REQUEST, request);
            }
            if (seconds != 0 && seconds < SHORTEST) {
                Response response = SipMessages.response(Response.INTERVAL_TOO_BRIEF, request);
                response.setHeader(SipMessages.header("Min-Expires", Long.toString(SHORTEST)));
                return Optional.of(response);
            }
            wishes.add(new Wish(uri, Math.min(seconds, LONGEST)));
        }
        return tooMany(known, wishes) ? refused(Response.FORBIDDEN, request) : Optional.empty();
    }

    private static boolean isWildcard(ContactHeader contact) {
        return contact.getAddress() == null || contact.getAddress().isWildcard();
    }

    private static boolean tooMany(List<Registration> known, List<Wish> wishes) {
        long added = wishes.stream()
                .filter(wish -> wish.seconds() > 0)
                .map(Wish::contact)
                .distinct()
                .filter(contact -> known.stream().noneMatch(one -> one.contact().equals(contact)))
                .count();
        return added > 0 && known.size() + added > Registrations.CONTACTS;
    }

    private static long seconds(ContactHeader contact, Request request) {
        if (contact.getExpires() >= 0) {
            return contact.getExpires();
        }
        return request.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader header ? header.getExpires() : LONGEST;
    }

    /** A REGISTER that comes after a later one of the same phone changes nothing (§10.3, step 7). */
    private static Optional<Response> outOfOrder(Request request, List<Registration> known, List<Wish> wishes) {
        String callId = SipMessages.callId(request);
        long cseq = SipMessages.cseq(request).getSeqNumber();
        boolean late = known.stream()
                .filter(one -> one.callId().equals(callId) && one.cseq() >= cseq)
                .anyMatch(one -> wishes.stream().anyMatch(wish -> wish.contact().equals(one.contact())));
        return late ? refused(Response.SERVER_INTERNAL_ERROR, request) : Optional.empty();
    }

    private static Optional<Response> refused(int status, Request request) {
        return Optional.of(SipMessages.response(status, request));
    }

    private Response current(Request request, Identifier of, Instant now) {
        Response ok = SipMessages.response(Response.OK, request);
        for (Registration one : users.registrations().of(of, now)) {
            long left = Duration.between(now, one.expiresAt()).toSeconds();
            ok.addHeader(SipMessages.header("Contact", "<" + one.contact() + ">;expires=" + left));
        }
        return ok;
    }
}
