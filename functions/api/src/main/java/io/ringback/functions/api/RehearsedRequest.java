package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import io.ringback.aws.lambda.LambdaJson;
import io.ringback.aws.snapshot.RehearsedCall;
import io.ringback.aws.snapshot.Stage;
import io.ringback.aws.snapshot.StageContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * A request for the rehearsal of a function: it comes in by its key, is read and finds no call. Beside it a call is
 * created, for what a change goes through after its decision: encoded, committed, poked.
 *
 * @param function makes the function that is rehearsed
 * @param body in which {@code CONTEXT} stands for the context of a call that came in
 */
record RehearsedRequest(Function<Deployment, RequestStreamHandler> function, String body) {
    private static final Duration RINGING = Duration.ofMinutes(1);

    void play(Deployment stage) throws IOException {
        stage.calls().create(RehearsedCall.command());
        function.apply(stage)
                .handleRequest(
                        new ByteArrayInputStream(event(stage)), OutputStream.nullOutputStream(), new StageContext());
    }

    private byte[] event(Deployment stage) throws IOException {
        String serverCallId = stage.ids().newServerCallId();
        String context = stage.callContexts()
                .context(serverCallId, "rehearsal", stage.clock().instant().plus(RINGING));
        APIGatewayV2HTTPEvent event = APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey("POST /rehearsal")
                .withRawPath("/rehearsal")
                .withHeaders(Map.of(
                        "authorization", "Bearer " + Stage.ACCESS_KEY,
                        "content-type", "application/json",
                        "host", "rehearsal",
                        "x-forwarded-proto", "https"))
                .withPathParameters(Map.of(
                        "callConnectionId", stage.ids().newChildId(serverCallId),
                        "participantId", stage.ids().newId()))
                .withRequestContext(RequestContext.builder()
                        .withHttp(RequestContext.Http.builder()
                                .withMethod("POST")
                                .withPath("/rehearsal")
                                .build())
                        .build())
                .withBody(body.replace("CONTEXT", context))
                .build();
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        LambdaJson.write(event, json);
        return json.toByteArray();
    }
}
