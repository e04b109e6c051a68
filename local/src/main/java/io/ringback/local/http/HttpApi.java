package io.ringback.local.http;

import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.runtime.InvocationResult;
import io.ringback.local.runtime.InvocationResult.Returned;
import io.ringback.local.template.HttpRoute;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to the answer of the function that its route names, or to an answer of the gateway's own. */
public final class HttpApi {
    /** Largest request body, in bytes. */
    static final int MAX_BODY = 10 * 1024 * 1024;

    /** Most bytes of the request line with path and query, and of the headers. */
    static final int MAX_HEAD = 10_240;

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private final Map<HttpRoute, FunctionRuntime> functions;
    private final RouteTable routes;
    private final InstantSource clock;
    private final Observer observer;

    /** Hears of answers. */
    @FunctionalInterface
    public interface Observer {
        /** A function of this route gave this answer. */
        void answered(HttpRoute route, ApiResponse answer);
    }

    public HttpApi(Map<HttpRoute, FunctionRuntime> functions, InstantSource clock, Observer observer) {
        this.functions = Map.copyOf(functions);
        this.routes = new RouteTable(functions.keySet());
        this.clock = clock;
        this.observer = observer;
    }

    ApiResponse handle(ApiRequest request) throws InterruptedException {
        String requestId = UUID.randomUUID().toString();
        ApiResponse response = answer(request, requestId);
        List<Map.Entry<String, String>> headers = new ArrayList<>(response.headers());
        headers.add(Map.entry("apigw-requestid", requestId));
        return new ApiResponse(response.status(), headers, response.body());
    }

    private ApiResponse answer(ApiRequest request, String requestId) throws InterruptedException {
        if (request.headBytes() > MAX_HEAD) {
            return own(431, "Request Header Fields Too Large");
        }
        Optional<String> path = PercentEncoding.decode(request.rawPath());
        if (path.isEmpty()) {
            return own(400, "Bad Request");
        }
        if (request.body().size() > MAX_BODY) {
            return own(413, "Request Entity Too Large");
        }
        Optional<RouteTable.Match> match = routes.find(request.method(), request.rawPath());
        if (match.isEmpty()) {
            return own(404, "Not Found");
        }
        byte[] event = HttpApiEvent.encode(request, path.get(), match.get(), requestId, clock.instant());
        FunctionRuntime function = functions.get(match.get().route());
        if (function == null) {
            return own(404, "Not Found");
        }
        InvocationResult result = function.invoke(event);
        ApiResponse response = ofFunction(result);
        if (result instanceof Returned) {
            observer.answered(match.get().route(), response);
        }
        return response;
    }

    /** What the gateway makes of an invocation's end. A time-out of 30 s is the gateway's own, too. */
    public static ApiResponse ofFunction(InvocationResult result) {
        if (result instanceof Returned returned) {
            try {
                return HttpApiResponse.decode(returned.payload());
            } catch (IOException e) {
                LOG.warn("A function's answer is none for an HTTP API: {}", e.getMessage());
            }
        }
        return result instanceof InvocationResult.TimedOut
                ? own(503, "Service Unavailable")
                : own(500, "Internal Server Error");
    }

    private static ApiResponse own(int status, String message) {
        return new ApiResponse(
                status,
                List.of(Map.entry("content-type", "application/json")),
                Body.text("{\"message\":\"" + message + "\"}"));
    }
}
