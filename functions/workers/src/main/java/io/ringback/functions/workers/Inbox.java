package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.List;

/**
 * The queue itself, for an invocation that waits for somebody slow. Lambda hands it nothing more until it ends, and
 * deletes nothing until then; so it does both itself.
 */
interface Inbox extends Visibility {
    /**
     * What can be received, at most ten messages; none when the queue cannot be reached, which is logged.
     *
     * @param stay how long to wait for the first one, a second at most
     */
    List<SQSMessage> receive(Duration stay);

    /**
     * Deletes messages that are done with. A failure is logged and not thrown: they then come again. Deleting a message
     * twice is no failure.
     */
    void delete(List<String> receiptHandles);
}
