package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Says that the API answers, without an access key (native API §7). */
public final class HealthFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final String health;

    /** The function of a deployment. */
    public HealthFunction() {
        this(Deployment.openEdge(HealthFunction.class), Version.current());
    }

    HealthFunction(ApiEdge edge, String version) {
        this.edge = edge;
        this.health = "{\"status\":\"healthy\",\"version\":\"" + version + "\"}";
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::health);
    }

    private ApiAnswer health(ApiRequest request) {
        return ApiAnswer.json(200, health);
    }
}
