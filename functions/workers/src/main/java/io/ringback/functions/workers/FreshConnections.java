package io.ringback.functions.workers;

import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;

/**
 * Connections that serve the events of one invocation and hardly outlive it. Between two invocations a function may be
 * frozen for minutes; what the other side or something in between has forgotten by then swallows the next request until
 * its time limit.
 */
final class FreshConnections {
    private static final int IDLE = 10;
    private static final long KEPT_SECONDS = 2;

    private FreshConnections() {}

    static ConnectionPool pool() {
        return new ConnectionPool(IDLE, KEPT_SECONDS, TimeUnit.SECONDS);
    }
}
