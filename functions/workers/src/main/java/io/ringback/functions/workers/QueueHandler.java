package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.ringback.aws.lambda.LambdaJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** From Lambda's stream to the batch and back. */
final class QueueHandler {
    private QueueHandler() {}

    static void handle(QueueConsumer<?, ?> consumer, InputStream input, OutputStream output, Context context)
            throws IOException {
        SQSEvent event = LambdaJson.read(input, SQSEvent.class);
        try {
            LambdaJson.write(consumer.consume(event, Deadline.of(context)), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted at a batch");
        }
    }
}
