package io.ringback.local.http;

import java.util.List;
import java.util.Map;

/** What the caller gets. */
public record ApiResponse(int status, List<Map.Entry<String, String>> headers, Body body) {
    public ApiResponse {
        headers = List.copyOf(headers);
    }
}
