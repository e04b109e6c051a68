package io.ringback.gateway.sip;

import io.ringback.gateway.task.SerialExecutor;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Who owns a Call-ID. Each method is called on the executor. */
interface Party {
    SerialExecutor executor();

    /** Any request but ACK; has to be answered through the transaction. */
    void request(Request request, ServerTransaction transaction);

    void ack(Request ack);

    /** An answer outside any transaction: a repeated or a second 2xx. */
    void stray(Response response);
}
