package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.decision.ErrorCode;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.functions.api.routes.RouteTable;
import io.ringback.functions.api.routes.TemplateRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Answers what no other route takes: a wrong method with 405, an unknown path with 404 (native API §7). */
public final class NoSuchOperationFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final RouteTable routes;

    /** The function of a deployment. */
    public NoSuchOperationFunction() {
        this(Deployment.of(NoSuchOperationFunction.class).edge(), TemplateRoutes.load());
    }

    NoSuchOperationFunction(ApiEdge edge, RouteTable routes) {
        this.edge = edge;
        this.routes = routes;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::refuse);
    }

    private ApiAnswer refuse(ApiRequest request) {
        List<String> methods = routes.methods(request.path());
        if (methods.isEmpty()) {
            return ApiAnswer.refused(ErrorCode.NO_SUCH_PATH, "there is no operation at " + request.path(), "path");
        }
        String allowed = String.join(", ", methods);
        return ApiAnswer.refused(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        request.method() + " is not served at " + request.path() + "; accepted: " + allowed,
                        "method")
                .with("allow", allowed);
    }
}
