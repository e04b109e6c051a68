package io.ringback.gateway.sip;

import io.ringback.gateway.task.SerialExecutor;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests within one dialog: numbers them, notes the number, answers digest challenges. */
final class DialogClient {
    /** What became of a request. */
    interface Outcome {
        /** The final answer; {@code sent} is the request as it went out last. */
        void answered(Response response, Request sent);

        /** No answer came, or the request could not be sent. */
        void unanswered();
    }

    private static final Logger LOG = LoggerFactory.getLogger(DialogClient.class);

    private final LegContext context;
    private final Dialog dialog;
    private final SerialExecutor executor;
    private final @Nullable TrunkAccount account;

    DialogClient(LegContext context, Dialog dialog, SerialExecutor executor, @Nullable TrunkAccount account) {
        this.context = context;
        this.dialog = dialog;
        this.executor = executor;
        this.account = account;
    }

    /** The same, with the same account, for another dialog. */
    DialogClient of(LegContext otherContext, Dialog otherDialog) {
        return new DialogClient(otherContext, otherDialog, executor, account);
    }

    /** @param dress adds what the method needs beyond the dialog's own headers; runs again for each repetition */
    void send(String method, Consumer<Request> dress, Outcome outcome) {
        new Sending(method, dress, outcome).go();
    }

    private final class Sending implements Exchange {
        private final String method;
        private final Consumer<Request> dress;
        private final Outcome outcome;
        private final @Nullable Digest digest;
        private Request sent;
        private boolean udpOnly;

        Sending(String method, Consumer<Request> dress, Outcome outcome) {
            this.method = method;
            this.dress = dress;
            this.outcome = outcome;
            this.digest = account == null ? null : new Digest(account, context.tokens());
            this.sent = dialog.request(method, 0);
        }

        void go() {
            sent = dialog.request(method, dialog.nextCSeq());
            dress.accept(sent);
            if (digest != null) {
                digest.authorize(method, sent.getRequestURI().toString()).forEach(sent::addHeader);
            }
            note();
            try {
                SipHop hop = udpOnly ? dialog.nextHop().withoutTcp() : dialog.nextHop();
                if (context.wire()
                        .send(sent, hop, context.wire().newBranch(), this)
                        .isEmpty()) {
                    udpOnly = true;
                    go();
                }
            } catch (SipException e) {
                outcome.unanswered();
            }
        }

        /** What cannot be noted is not begun, but it can always be ended. */
        private void note() {
            try {
                context.journal().record(dialog.toRecord());
            } catch (UncheckedIOException e) {
                if (!method.equals(Request.BYE)) {
                    throw e;
                }
                LOG.warn("a BYE goes out that could not be noted", e);
            }
        }

        @Override
        public SerialExecutor executor() {
            return executor;
        }

        @Override
        public void answered(Response response) {
            int status = response.getStatusCode();
            if (status < 200) {
                return;
            }
            if ((status == 401 || status == 407) && digest != null && digest.accept(response)) {
                go();
                return;
            }
            outcome.answered(response, sent);
        }

        @Override
        public void timedOut() {
            outcome.unanswered();
        }
    }
}
