package io.ringback.gateway.sip;

import io.ringback.gateway.sip.Gatekeeper.Proof;
import io.ringback.gateway.sip.Gatekeeper.Sight;
import io.ringback.gateway.sip.InviteTable.Place;
import io.ringback.gateway.sip.Login.Claim;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives requests outside a dialog. On the stack's threads it does what needs no waiting; strangers and malformed
 * requests get their answer there and leave nothing behind. The rest goes on on threads that may wait for a store.
 */
final class Reception {
    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private final LegContext context;
    private final StatelessAnswers answers;
    private final Gatekeeper gatekeeper;
    private final InviteTable table;
    private final Allowance allowance;
    private final Threads threads;
    private final @Nullable RegistrarServer registrar;
    private volatile @Nullable InboundCalls calls;

    /** @param registrar null when nobody can register */
    Reception(
            LegContext context,
            StatelessAnswers answers,
            Gatekeeper gatekeeper,
            InviteTable table,
            Allowance allowance,
            Threads threads,
            @Nullable RegistrarServer registrar) {
        this.context = context;
        this.answers = answers;
        this.gatekeeper = gatekeeper;
        this.table = table;
        this.allowance = allowance;
        this.threads = threads;
        this.registrar = registrar;
    }

    void open(InboundCalls opened) {
        calls = opened;
    }

    /** False when the request is none of ours. */
    boolean takes(RequestEvent event) {
        return switch (event.getRequest().getMethod()) {
            case Request.INVITE -> {
                invite(event);
                yield true;
            }
            case Request.CANCEL -> cancel(event);
            case Request.REGISTER -> {
                if (registrar != null) {
                    register(event, registrar);
                }
                yield registrar != null;
            }
            default -> false;
        };
    }

    private void invite(RequestEvent event) {
        Request request = event.getRequest();
        PendingInvite known = table.find(IncomingInvite.Key.of(request));
        if (known != null) {
            if (!known.invite().hasBranchOf(request)) {
                stateless(event, SipMessages.response(Response.LOOP_DETECTED, request));
            }
            return;
        }
        Optional<Response> unfit =
                InviteCheck.refusal(request, context.settings().timing());
        if (unfit.isPresent()) {
            stateless(event, unfit.get());
            return;
        }
        InboundCalls opened = calls;
        if (opened == null) {
            stateless(event, SipMessages.refusal(Response.SERVICE_UNAVAILABLE, request));
            return;
        }
        SipSource source = SipSource.of(request);
        Sight sight = gatekeeper.sight(request, source, true);
        if (sight instanceof Sight.Refused refused) {
            stateless(event, refused.answer());
            return;
        }
        if (!allowance.transaction()) {
            stateless(event, SipMessages.refusal(Response.SERVICE_UNAVAILABLE, request));
            return;
        }
        Optional<Place> place = table.enter(sight instanceof Sight.Trunk ? null : source.address());
        if (place.isEmpty()) {
            context.gauges().count("refusedCalls");
            stateless(event, SipMessages.refusal(Response.SERVICE_UNAVAILABLE, request));
            return;
        }
        admit(event, opened, source, sight, place.get());
    }

    private void admit(RequestEvent event, InboundCalls opened, SipSource source, Sight sight, Place place) {
        Request request = event.getRequest();
        ServerTransaction transaction = StackListener.transaction(event);
        if (transaction == null) {
            place.leave();
            return;
        }
        String ourTag = context.tokens().get();
        IncomingInvite invite = new IncomingInvite(request, transaction, context.wire(), ourTag);
        PendingInvite pending = new PendingInvite(invite, threads.executor("caller " + ourTag), place);
        place.take(pending);
        invite.trying();
        waiting(() -> pending.refuse(Response.SERVICE_UNAVAILABLE), () -> {
            Optional<Offer> offer = sight instanceof Sight.Claimed claimed
                    ? ofUser(pending, claimed.claim(), source)
                    : Offer.of(pending, Invitations.ofTrunk(request, source), context, null);
            offer.ifPresent(made -> made.to(opened));
        });
    }

    private Optional<Offer> ofUser(PendingInvite pending, Claim claim, SipSource source) {
        Request request = pending.invite().request();
        Proof proof = gatekeeper.prove(claim, request, source);
        if (proof instanceof Proof.None none) {
            pending.refuse(SipMessages.tagged(none.answer(), pending.invite().ourTag()));
        }
        return proof instanceof Proof.Of proven
                ? Offer.of(pending, Invitations.ofUser(request, proven.user()), context, source.hop())
                : Optional.empty();
    }

    private boolean cancel(RequestEvent event) {
        PendingInvite known = table.find(IncomingInvite.Key.of(event.getRequest()));
        if (known == null || !known.invite().hasBranchOf(event.getRequest())) {
            return false;
        }
        ServerTransaction transaction = StackListener.transaction(event);
        if (transaction != null) {
            known.cancel(transaction);
        }
        return true;
    }

    private void register(RequestEvent event, RegistrarServer server) {
        Request request = event.getRequest();
        SipSource source = SipSource.of(request);
        Sight sight = gatekeeper.sight(request, source, false);
        if (sight instanceof Sight.Refused refused) {
            stateless(event, refused.answer());
            return;
        }
        if (!allowance.transaction() || !allowance.registration()) {
            stateless(event, SipMessages.refusal(Response.SERVICE_UNAVAILABLE, request));
            return;
        }
        ServerTransaction transaction = StackListener.transaction(event);
        if (transaction != null && sight instanceof Sight.Claimed claimed) {
            waiting(
                    () -> context.wire()
                            .respond(transaction, SipMessages.refusal(Response.SERVICE_UNAVAILABLE, request)),
                    () -> {
                        Response answer = answer(claimed.claim(), request, source, server);
                        context.wire()
                                .respond(
                                        transaction,
                                        SipMessages.tagged(
                                                answer, context.tokens().get()));
                    });
        }
    }

    private Response answer(Claim claim, Request request, SipSource source, RegistrarServer server) {
        Proof proof = gatekeeper.prove(claim, request, source);
        if (proof instanceof Proof.None none) {
            return none.answer();
        }
        return server.register(request, ((Proof.Of) proof).user(), source);
    }

    /** Runs what may wait; what cannot be run, or fails, is refused. */
    private void waiting(Runnable refusal, Runnable task) {
        try {
            threads.lookUps().execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    context.gauges().count("failedTasks");
                    log.error("a request could not be looked into", e);
                    refusal.run();
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("too many look-ups wait", e);
            context.gauges().count("refusedCalls");
            refusal.run();
        }
    }

    private void stateless(RequestEvent event, Response response) {
        answers.send((SipProvider) event.getSource(), event.getRequest(), response);
    }
}
