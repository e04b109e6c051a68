package io.ringback.gateway.sip;

import io.ringback.core.directory.UserIdentity;
import io.ringback.gateway.guard.FailedLogins;
import io.ringback.gateway.sip.Login.Claim;
import io.ringback.gateway.sip.Login.Verdict;
import io.ringback.gateway.task.Gauges;
import java.util.Optional;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what: trunks by their address, users by their password. What costs nothing is judged at once, so that
 * a stranger's request is answered without a look-up and without state; only a claim on a nonce of ours is looked into.
 */
final class Gatekeeper {
    private final String domain;
    private final TrunkSources trunks;
    private final Login login;
    private final FailedLogins failures;
    private final @Nullable SipUsers users;
    private final Gauges gauges;

    Gatekeeper(
            String domain,
            TrunkSources trunks,
            Login login,
            FailedLogins failures,
            @Nullable SipUsers users,
            Gauges gauges) {
        this.domain = domain;
        this.trunks = trunks;
        this.login = login;
        this.failures = failures;
        this.users = users;
        this.gauges = gauges;
    }

    /** What can be said of a request at once. */
    sealed interface Sight {
        /** A trunk sent it. */
        record Trunk() implements Sight {}

        /** Its claim is worth a look-up. */
        record Claimed(Claim claim) implements Sight {}

        /** It gets this answer. */
        record Refused(Response answer) implements Sight {}
    }

    /**
     * @param trunkServed false for what only users may ask
     */
    Sight sight(Request request, SipSource source, boolean trunkServed) {
        Optional<Claim> claim = login.claim(request);
        if (trunkServed && claim.isEmpty() && trunks.contain(source) && !claimsOurDomain(request)) {
            return new Sight.Trunk();
        }
        if (users == null) {
            return new Sight.Refused(SipMessages.response(Response.FORBIDDEN, request));
        }
        if (claim.isEmpty()) {
            gauges.count("challenges");
            return new Sight.Refused(login.challenge(request, false));
        }
        Optional<Response> renewed = login.renewed(claim.get(), request);
        if (renewed.isPresent()) {
            gauges.count("challenges");
            return new Sight.Refused(renewed.get());
        }
        return failures.mayTry(source.address().getHostAddress())
                ? new Sight.Claimed(claim.get())
                : new Sight.Refused(SipMessages.refusal(Response.SERVICE_UNAVAILABLE, request));
    }

    /** A From in our own domain is a user's, who has to prove it from a trunk's address too. */
    private boolean claimsOurDomain(Request request) {
        return SipMessages.hostOf(SipMessages.address(request, "From")).equalsIgnoreCase(domain);
    }

    /** What a look-up made of a claim. */
    sealed interface Proof {
        /** It is this user. */
        record Of(UserIdentity user) implements Proof {}

        /** It gets this answer. */
        record None(Response answer) implements Proof {}
    }

    /** Judges a claim; waits for the store. */
    Proof prove(Claim claim, Request request, SipSource source) {
        Optional<UserIdentity> user =
                users == null ? Optional.empty() : users.identities().find(SipUsers.identifier(claim.username()));
        Verdict verdict = user.map(known -> login.judge(claim, request.getMethod(), known))
                .orElse(Verdict.WRONG);
        return switch (verdict) {
            case PROVEN -> new Proof.Of(user.orElseThrow());
            case REPEATED -> new Proof.None(login.challenge(request, true));
            case WRONG -> {
                failures.failed(source.address().getHostAddress());
                gauges.count("failedLogins");
                yield new Proof.None(SipMessages.response(Response.FORBIDDEN, request));
            }
        };
    }
}
