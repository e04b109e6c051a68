package io.ringback.functions.api.edge;

/** Where requests are logged: one line each. */
public interface RequestLog {
    void request(String line);

    /** A request that failed for no fault of its own. */
    void failure(String line, Throwable cause);
}
