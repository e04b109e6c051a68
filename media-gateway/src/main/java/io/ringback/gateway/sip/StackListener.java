package io.ringback.gateway.sip;

import io.ringback.gateway.task.Gauges;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event of the stack to the executor of the leg that owns its dialog, and does nothing else on the stack's
 * threads. Requests outside a dialog go to the {@link Reception}, what it does not want to {@link StrayRequests}.
 */
final class StackListener implements SipListener {
    private static final Logger log = LoggerFactory.getLogger(StackListener.class);

    /** For what the stack makes no transaction of: it lacks a header that its method needs. */
    private static final StatelessAnswers UNFIT = new StatelessAnswers("unfit");

    private final Switchboard switchboard;
    private final Reception reception;
    private final StrayRequests strays;
    private final Gauges gauges;

    StackListener(Switchboard switchboard, Reception reception, StrayRequests strays, Gauges gauges) {
        this.switchboard = switchboard;
        this.reception = reception;
        this.strays = strays;
        this.gauges = gauges;
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        SipSource.answerOverTheSameConnection(request);
        // A CANCEL belongs to the transaction of its INVITE, whatever dialog it names (RFC 3261 §9.2).
        boolean cancel = request.getMethod().equals(Request.CANCEL);
        Party party = cancel ? null : switchboard.owner(request);
        if (party == null) {
            boolean within = SipMessages.toTag(request) != null && !cancel;
            if (within || !reception.takes(event)) {
                strays.answer((SipProvider) event.getSource(), request);
            }
        } else if (request.getMethod().equals(Request.ACK)) {
            party.executor().offer(() -> party.ack(request));
        } else {
            ServerTransaction transaction = transaction(event);
            if (transaction != null) {
                party.executor().offer(() -> party.request(request, transaction));
            }
        }
    }

    /** A transaction for the request; null when there is one already, or none can be made: then it got its answer. */
    static @Nullable ServerTransaction transaction(RequestEvent event) {
        ServerTransaction known = event.getServerTransaction();
        if (known != null) {
            return known;
        }
        try {
            // Here and not on the leg's executor, so that the stack absorbs the repetitions of the request.
            return ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
        } catch (TransactionAlreadyExistsException e) {
            return null;
        } catch (SipException e) {
            log.debug("no transaction for a {}", event.getRequest().getMethod(), e);
            UNFIT.send(
                    (SipProvider) event.getSource(),
                    event.getRequest(),
                    SipMessages.response(Response.BAD_REQUEST, event.getRequest()));
            return null;
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        Response response = event.getResponse();
        if (exchange(event.getClientTransaction()) instanceof Exchange exchange) {
            Runnable task = () -> exchange.answered(response);
            if (response.getStatusCode() < Response.OK) {
                exchange.executor().offer(task);
            } else {
                exchange.executor().execute(task);
            }
            return;
        }
        Party party = switchboard.owner(response);
        if (party == null) {
            gauges.count("strayResponses");
        } else {
            party.executor().offer(() -> party.stray(response));
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction() && exchange(event.getClientTransaction()) instanceof Exchange exchange) {
            exchange.executor().execute(exchange::timedOut);
        }
    }

    private static @Nullable Object exchange(@Nullable ClientTransaction transaction) {
        return transaction == null ? null : transaction.getApplicationData();
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        // The transaction's own timer tells its owner; here only for the operator.
        log.debug("I/O error towards {}:{}/{}", event.getHost(), event.getPort(), event.getTransport());
        gauges.count("ioErrors");
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // Owners learn the end of a transaction by its answer or its time-out.
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // The stack keeps no dialogs for us.
    }
}
