package io.ringback.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.ringback.local.runtime.FunctionRuntime;
import io.ringback.local.runtime.InvocationResult;
import io.ringback.local.runtime.InvocationResult.Failed;
import io.ringback.local.runtime.InvocationResult.Returned;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lambda's own Invoke, {@code POST /2015-03-31/functions/NAME/invocations}, for who has an access key: it goes past the
 * API's own check.
 */
public final class InvokeApi implements HttpHandler {
    public static final String PATH = "/2015-03-31/functions/";

    private static final String SUFFIX = "/invocations";

    private final Map<String, FunctionRuntime> functions;
    private final Supplier<List<String>> accessKeys;

    /** @param accessKeys those that are live when somebody asks */
    public InvokeApi(Map<String, FunctionRuntime> functions, Supplier<List<String>> accessKeys) {
        this.functions = Map.copyOf(functions);
        this.accessKeys = accessKeys;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization == null || !hasKey(authorization)) {
                answer(exchange, 403, "{\"Message\":\"Missing or wrong access key\"}");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            String name = path.endsWith(SUFFIX) ? path.substring(PATH.length(), path.length() - SUFFIX.length()) : "";
            FunctionRuntime function = functions.get(name);
            if (function == null) {
                answer(exchange, 404, "{\"Message\":\"Function not found: " + name.replaceAll("[^\\w-]", "") + "\"}");
                return;
            }
            invoke(function, exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void invoke(FunctionRuntime function, HttpExchange exchange)
            throws IOException, InterruptedException {
        InvocationResult result = function.invoke(exchange.getRequestBody().readNBytes(FunctionRuntime.MAX_PAYLOAD));
        if (result instanceof Returned returned) {
            answer(exchange, 200, returned.payload());
            return;
        }
        exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        String message = result instanceof Failed failed
                ? failed.errorType() + ": " + failed.message()
                : "Task timed out after " + function.function().timeout().toSeconds() + " seconds";
        answer(exchange, 200, "{\"errorMessage\":\"" + message.replaceAll("[\"\\\\\\p{Cntrl}]", "'") + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private boolean hasKey(String authorization) {
        return accessKeys.get().stream().anyMatch(key -> same(authorization, "Bearer " + key));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
