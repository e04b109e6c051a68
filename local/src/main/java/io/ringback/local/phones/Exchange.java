package io.ringback.local.phones;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a call of each INVITE and gives every later message to its call, on the signalling thread. Whatever goes wrong
 * with one message is logged and ends there.
 */
final class Exchange implements SipListenerExt {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Telephony telephony;
    private final Function<ServerTransaction, Optional<PhoneCall>> phones;
    private final Map<String, PhoneCall> calls = new ConcurrentHashMap<>();

    /** @param phones makes the call that an INVITE begins; empty where there is no such phone */
    Exchange(Telephony telephony, Function<ServerTransaction, Optional<PhoneCall>> phones) {
        this.telephony = telephony;
        this.phones = phones;
    }

    /** Whether the phone of the call with this Call-ID has lost its network. */
    boolean vanished(String callId) {
        PhoneCall call = calls.get(callId);
        return call != null && call.vanished();
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            Request request = event.getRequest();
            if (request.getMethod().equals(Request.ACK)) {
                telephony.signalling().run(() -> find(request).ifPresent(found -> found.acknowledged(request)));
                return;
            }
            ServerTransaction known = event.getServerTransaction();
            // Made here and now: were it made later, a retransmission could slip in before it.
            ServerTransaction transaction =
                    known != null ? known : telephony.provider().getNewServerTransaction(request);
            telephony.signalling().run(() -> answer(transaction));
        } catch (TransactionAlreadyExistsException e) {
            LOG.trace("A retransmission", e);
        } catch (SipException | RuntimeException e) {
            LOG.debug("The simulated phones could not take a request", e);
        }
    }

    private void answer(ServerTransaction transaction) {
        Request request = transaction.getRequest();
        boolean inDialog = ((ToHeader) request.getHeader(ToHeader.NAME)).getTag() != null;
        Optional<PhoneCall> call = find(request);
        switch (request.getMethod()) {
            case Request.INVITE -> {
                if (inDialog) {
                    renegotiate(call, transaction);
                } else {
                    begin(transaction);
                }
            }
            case Request.UPDATE -> renegotiate(call, transaction);
            case Request.CANCEL -> {
                call.ifPresent(PhoneCall::cancelled);
                answer(transaction, Response.OK);
            }
            case Request.BYE -> {
                call.ifPresent(PhoneCall::hungUpByPeer);
                answer(transaction, call.isPresent() ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
            }
            case Request.OPTIONS, Request.INFO ->
                answer(
                        transaction,
                        inDialog && call.isEmpty() ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
            default -> answer(transaction, Response.METHOD_NOT_ALLOWED);
        }
    }

    private void begin(ServerTransaction invite) {
        calls.values().removeIf(PhoneCall::ended);
        answer(invite, Response.TRYING);
        Optional<PhoneCall> call = phones.apply(invite);
        if (call.isEmpty()) {
            answer(invite, Response.NOT_FOUND);
        } else {
            calls.put(callId(invite.getRequest()), call.get());
            call.get().begin();
        }
    }

    private void renegotiate(Optional<PhoneCall> call, ServerTransaction transaction) {
        if (call.isPresent()) {
            call.get().renegotiate(transaction);
        } else {
            answer(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        }
    }

    private void answer(ServerTransaction transaction, int status) {
        telephony.writer().send(transaction, telephony.writer().response(status, transaction.getRequest()));
    }

    private Optional<PhoneCall> find(Message message) {
        return Optional.ofNullable(calls.get(callId(message)));
    }

    private static String callId(Message message) {
        return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
    }

    /** Answers to a phone's own BYE and INFO: whatever they are, the phone goes on. */
    @Override
    public void processResponse(ResponseEvent event) {
        LOG.trace("{}", event.getResponse().getStatusCode());
    }

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
        lost(event.getDialog(), "no ACK");
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        lost(event.getDialog(), "dialog terminated");
    }

    private void lost(Dialog dialog, String why) {
        PhoneCall call = calls.get(dialog.getCallId().getCallId());
        if (call != null) {
            telephony.signalling().run(() -> call.lost(why));
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        LOG.debug("A simulated phone was not answered");
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.debug("A simulated phone could not reach {}:{}", event.getHost(), event.getPort());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        LOG.trace("A transaction ended");
    }
}
