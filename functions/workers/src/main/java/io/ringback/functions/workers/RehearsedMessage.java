package io.ringback.functions.workers;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.ringback.aws.lambda.LambdaJson;
import io.ringback.aws.snapshot.RehearsedCall;
import io.ringback.aws.snapshot.StageContext;
import io.ringback.aws.sqs.Poke;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A message for the rehearsal of a function: it is read and finds no call. Beside it a call is created, for what a change
 * goes through after its decision, and a gateway is asked whether it is there.
 *
 * @param function makes the function that is rehearsed
 * @param body of a message about this call, sent at this moment
 */
record RehearsedMessage(Function<Wiring, RequestStreamHandler> function, BiFunction<String, Instant, String> body) {
    static RehearsedMessage poke(Function<Wiring, RequestStreamHandler> function) {
        return new RehearsedMessage(function, (call, at) -> Poke.encode(new StreamRef(call, Target.MEDIA)));
    }

    static RehearsedMessage report(Function<Wiring, RequestStreamHandler> function) {
        return new RehearsedMessage(
                function,
                (call, at) -> GatewayProtocol.encode(
                        new MediaReport(call, RehearsedCall.GATEWAY, 1, at, new MediaEvent.LegConnected("rehearsal"))));
    }

    /** @param services where the stage stands for everything */
    void play(Wiring stage, URI services) throws IOException {
        stage.processor(stage.calls()).create(RehearsedCall.command());
        stage.gatewayControl()
                .isAlive(new Gateway(
                        RehearsedCall.GATEWAY,
                        services,
                        0,
                        0,
                        false,
                        false,
                        stage.clock().instant()));
        function.apply(stage)
                .handleRequest(
                        new ByteArrayInputStream(event(stage)), OutputStream.nullOutputStream(), new StageContext());
    }

    private byte[] event(Wiring stage) throws IOException {
        SQSMessage message = new SQSMessage();
        message.setMessageId("rehearsal");
        message.setReceiptHandle("rehearsal");
        message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
        message.setBody(body.apply(stage.ids().newServerCallId(), stage.clock().instant()));
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(message));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        LambdaJson.write(event, json);
        return json.toByteArray();
    }
}
