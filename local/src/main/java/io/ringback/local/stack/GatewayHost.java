package io.ringback.local.stack;

/** Where the media gateway runs. */
interface GatewayHost extends AutoCloseable {
    /** The port on which it listens for SIP. */
    int sipPort();

    long pid();

    boolean isAlive();

    @Override
    void close();
}
