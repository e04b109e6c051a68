package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.functions.api.routes.OpenApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Gives out the OpenAPI document of the API, without an access key. */
public final class GetOpenApiFunction implements RequestStreamHandler {
    private final ApiEdge edge;

    /** The function of a deployment. */
    public GetOpenApiFunction() {
        this(Deployment.openEdge(GetOpenApiFunction.class));
    }

    GetOpenApiFunction(ApiEdge edge) {
        this.edge = edge;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::document);
    }

    private ApiAnswer document(ApiRequest request) {
        return ApiAnswer.json(200, OpenApiDocument.load(request.origin()));
    }
}
