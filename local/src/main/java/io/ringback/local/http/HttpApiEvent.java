package io.ringback.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The event that an HTTP API hands to a function, payload format 2.0: the path decoded, the query as received, header
 * names in lower case and repeated ones joined by commas, cookies apart, a body that is no text in base64.
 */
public final class HttpApiEvent {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> TEXT_TYPES =
            Set.of("application/json", "application/javascript", "application/xml");

    private HttpApiEvent() {}

    /**
     * @param path the request's path, percent-decoded
     * @return UTF-8 JSON
     */
    public static byte[] encode(
            ApiRequest request, String path, RouteTable.Match match, String requestId, Instant now) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("version", "2.0");
        event.put("routeKey", match.route().routeKey());
        event.put("rawPath", path);
        event.put("rawQueryString", request.rawQuery() == null ? "" : request.rawQuery());
        cookies(request, event);
        ObjectNode headers = event.putObject("headers");
        headers(request).forEach(headers::put);
        Map<String, String> query = query(request);
        if (!query.isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            query.forEach(parameters::put);
        }
        context(request, path, match, requestId, now, event.putObject("requestContext"));
        if (!match.pathParameters().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.pathParameters().forEach(parameters::put);
        }
        body(request, event);
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event is always JSON", e);
        }
    }

    private static void context(
            ApiRequest request,
            String path,
            RouteTable.Match match,
            String requestId,
            Instant now,
            ObjectNode context) {
        context.put("accountId", "000000000000");
        context.put("apiId", "local");
        context.put("domainName", request.domainName());
        context.put("domainPrefix", request.domainName().split("\\.", 2)[0]);
        ObjectNode http = context.putObject("http");
        http.put("method", request.method());
        http.put("path", path);
        http.put("protocol", request.protocol());
        http.put("sourceIp", request.sourceIp());
        http.put("userAgent", request.header("user-agent").orElse(""));
        context.put("requestId", requestId);
        context.put("routeKey", match.route().routeKey());
        context.put("stage", "$default");
        context.put("time", TIME.format(now));
        context.put("timeEpoch", now.toEpochMilli());
    }

    /** The client's own, but for what the gateway says itself: nobody pretends to have come by TLS. */
    private static Map<String, String> headers(ApiRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("cookie")) {
                headers.merge(name, header.getValue(), (first, next) -> first + "," + next);
            }
        });
        headers.merge("x-forwarded-for", request.sourceIp(), (first, next) -> first + ", " + next);
        headers.put("x-forwarded-port", String.valueOf(request.port()));
        headers.put("x-forwarded-proto", request.scheme());
        return headers;
    }

    private static void cookies(ApiRequest request, ObjectNode event) {
        Optional<String> cookies = request.header("cookie");
        if (cookies.isPresent()) {
            ArrayNode array = event.putArray("cookies");
            Arrays.stream(cookies.get().split("[;,]", -1)).map(String::strip).forEach(array::add);
        }
    }

    private static Map<String, String> query(ApiRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = request.rawQuery();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.merge(queryText(name), queryText(value), (first, next) -> first + "," + next);
        }
        return parameters;
    }

    private static String queryText(String encoded) {
        return PercentEncoding.decode(encoded.replace('+', ' ')).orElse(encoded);
    }

    private static void body(ApiRequest request, ObjectNode event) {
        Optional<String> text =
                isText(request) ? PercentEncoding.text(request.body().bytes()) : Optional.empty();
        boolean binary = text.isEmpty() && request.body().size() > 0;
        if (binary) {
            event.put("body", Base64.getEncoder().encodeToString(request.body().bytes()));
        } else if (request.body().size() > 0) {
            event.put("body", text.orElseThrow());
        }
        event.put("isBase64Encoded", binary);
    }

    private static boolean isText(ApiRequest request) {
        String type = request.header("content-type")
                .orElse("")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || TEXT_TYPES.contains(type) || type.endsWith("+json");
    }
}
