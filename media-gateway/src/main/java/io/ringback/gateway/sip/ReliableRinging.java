package io.ringback.gateway.sip;

import io.ringback.gateway.task.SerialExecutor;
import java.util.HashMap;
import java.util.Map;
import javax.sip.header.RSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** PRACKs reliable provisional answers to one INVITE, in their order, each once (RFC 3262 §4). */
final class ReliableRinging {
    private static final int MAX_PHONES = 32;

    private final DialogClient client;
    private final SerialExecutor executor;
    private final Map<String, Integer> lastByTag = new HashMap<>();

    ReliableRinging(DialogClient client, SerialExecutor executor) {
        this.client = client;
        this.executor = executor;
    }

    /** Takes an 18x; a repetition of one means that our PRACK, which repeats itself, is still under way. */
    void heard(Response response) {
        String tag = SipMessages.toTag(response);
        if (tag == null
                || !(response.getHeader(RSeqHeader.NAME) instanceof RSeqHeader rseq)
                || !SipMessages.options(response, "Require").contains("100rel")) {
            return;
        }
        int number = rseq.getSequenceNumber();
        Integer last = lastByTag.get(tag);
        boolean inOrder = last == null ? lastByTag.size() < MAX_PHONES : number == last + 1;
        if (inOrder) {
            lastByTag.put(tag, number);
            String rack = number + " " + SipMessages.cseq(response).getSeqNumber() + " INVITE";
            client.send(
                    Request.PRACK, prack -> prack.addHeader(SipMessages.header("RAck", rack)), new Unheeded(executor));
        }
    }
}
