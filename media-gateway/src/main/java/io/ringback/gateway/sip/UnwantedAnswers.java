package io.ringback.gateway.sip;

import java.util.HashMap;
import java.util.Map;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Releases the dialogs that 2xx answers to one INVITE made and nobody wants: ACK, then BYE (RFC 3261 §13.2.2.4). An
 * answer is repeated until its ACK comes; each repetition gets the ACK again and no second BYE.
 */
final class UnwantedAnswers {
    /** More phones behind one INVITE are an attack, or nothing that we can help. */
    private static final int MAX_PHONES = 32;

    private final LegContext context;
    private final DialogClient client;
    private final Map<String, Request> acks = new HashMap<>();

    /** @param client of the leg, for its credentials */
    UnwantedAnswers(LegContext context, DialogClient client) {
        this.context = context.withoutJournal();
        this.client = client;
    }

    /**
     * @param unwanted the dialog that the 2xx made
     * @param done runs when the BYE was answered or given up; not for a repetition
     */
    void release(Dialog unwanted, Response ok, Request invite, Runnable done) {
        String tag = String.valueOf(SipMessages.toTag(ok));
        Request sent = acks.get(tag);
        if (sent != null) {
            context.wire().resend(sent);
        } else if (acks.size() < MAX_PHONES) {
            Request ack = unwanted.ack(SipMessages.cseq(ok).getSeqNumber(), invite);
            acks.put(tag, ack);
            context.wire().sendAck(ack, unwanted.nextHop(), context.wire().newBranch());
            client.of(context, unwanted).send(Request.BYE, bye -> {}, new Farewell(done));
        }
    }

    private record Farewell(Runnable done) implements DialogClient.Outcome {
        @Override
        public void answered(Response response, Request sent) {
            done.run();
        }

        @Override
        public void unanswered() {
            done.run();
        }
    }
}
