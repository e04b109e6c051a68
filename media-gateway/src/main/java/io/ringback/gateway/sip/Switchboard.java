package io.ringback.gateway.sip;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * Hands each event of the stack to the executor of the leg that owns its Call-ID, and does nothing else on the stack's
 * threads. Requests that belong to no leg are answered by {@link StrayRequests}.
 */
final class Switchboard implements SipListener {
    private static final Logger log = LoggerFactory.getLogger(Switchboard.class);

    private final Map<String, Party> parties = new ConcurrentHashMap<>();
    private final StrayRequests strays;
    private final Gauges gauges;

    Switchboard(StrayRequests strays, Gauges gauges) {
        this.strays = strays;
        this.gauges = gauges;
    }

    void register(String callId, Party party) {
        parties.put(callId, party);
    }

    void remove(String callId) {
        parties.remove(callId);
    }

    /** How many Call-IDs are known, those included whose leg ended but may still be sent repetitions. */
    long size() {
        return parties.size();
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        Party party = parties.get(SipMessages.callId(request));
        if (party == null) {
            strays.answer((SipProvider) event.getSource(), request);
        } else if (request.getMethod().equals(Request.ACK)) {
            party.executor().execute(() -> party.ack(request));
        } else {
            ServerTransaction transaction = transaction(event);
            if (transaction != null) {
                party.executor().execute(() -> party.request(request, transaction));
            }
        }
    }

    private static @Nullable ServerTransaction transaction(RequestEvent event) {
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
            log.warn("no transaction for a {}: {}", event.getRequest().getMethod(), e.toString());
            return null;
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        Response response = event.getResponse();
        if (exchange(event.getClientTransaction()) instanceof Exchange exchange) {
            exchange.executor().execute(() -> exchange.answered(response));
            return;
        }
        Party party = parties.get(SipMessages.callId(response));
        if (party == null) {
            gauges.count("strayResponses");
        } else {
            party.executor().execute(() -> party.stray(response));
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
