package io.ringback.gateway.sip;

import javax.sip.message.Request;
import javax.sip.message.Response;

/** Releases a dialog that a 2xx made and nobody wants: ACK, then BYE. */
final class UnwantedAnswer {
    private UnwantedAnswer() {}

    /**
     * @param done runs when the BYE was answered or given up
     * @return the ACK, to be sent again for each repetition of the 2xx
     */
    static Request dismiss(
            LegContext context, Dialog dialog, DialogClient client, Response ok, Request invite, Runnable done) {
        Request ack = dialog.ack(SipMessages.cseq(ok).getSeqNumber(), invite);
        context.wire().sendAck(ack, dialog.nextHop(), context.wire().newBranch());
        client.of(context, dialog).send(Request.BYE, bye -> {}, new DialogClient.Outcome() {
            @Override
            public void answered(Response response, Request sent) {
                done.run();
            }

            @Override
            public void unanswered() {
                done.run();
            }
        });
        return ack;
    }
}
