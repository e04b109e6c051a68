package io.ringback.gateway.sip;

import io.ringback.gateway.task.SerialExecutor;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** For requests whose answer changes nothing: the CANCEL's, since the INVITE's final answer is what counts. */
record Unheeded(SerialExecutor executor) implements Exchange, DialogClient.Outcome {
    @Override
    public void answered(Response response) {
        // See above.
    }

    @Override
    public void timedOut() {
        // See above.
    }

    @Override
    public void answered(Response response, Request sent) {
        // See above.
    }

    @Override
    public void unanswered() {
        // See above.
    }
}
