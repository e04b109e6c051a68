package io.ringback.local.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.environment.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A function that does what its event says: {@code echo}, {@code send QUEUE_URL}, {@code hang}, {@code throw},
 * {@code die}.
 */
public final class ProbeFunction implements RequestStreamHandler {
    /** What happened in invocations that were cut off. */
    static final LinkedBlockingQueue<String> AFTER_THE_CUT = new LinkedBlockingQueue<>();

    private final SqsClient sqs;
    private final String setting;
    private final String secret;

    public ProbeFunction() {
        Surroundings surroundings = Surroundings.of(ProbeFunction.class);
        var builder = SqsClient.builder();
        surroundings.configure(builder);
        this.sqs = builder.build();
        this.setting = surroundings.setting("SETTING");
        this.secret = surroundings.secret("SECRET");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.startsWith("send ")) {
            send(event.substring(5));
        } else if (event.startsWith("hang ")) {
            hang(event.substring(5));
        } else if (event.equals("throw")) {
            throw new IllegalStateException("as asked");
        } else if (event.equals("die")) {
            throw new InternalError("as asked");
        }
        output.write((event + " " + setting + " " + secret + " " + (context.getRemainingTimeInMillis() > 0))
                .getBytes(StandardCharsets.UTF_8));
    }

    private void send(String queueUrl) {
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("hello"));
    }

    private void hang(String queueUrl) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException cutOff) {
            // The cut comes with an interrupt; what matters is that nothing gets out after it.
            try {
                send(queueUrl);
                AFTER_THE_CUT.add("sent");
            } catch (RuntimeException refused) {
                AFTER_THE_CUT.add(String.valueOf(refused.getMessage()));
            }
        }
    }
}
