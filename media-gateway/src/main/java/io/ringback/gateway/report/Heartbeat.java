package io.ringback.gateway.report;

import io.ringback.core.port.Gateways;
import io.ringback.core.port.Gateways.Gateway;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the directory that this gateway lives, every 5 s, and learns there that it was taken for lost. */
public final class Heartbeat implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Gateways directory;
    private final Supplier<Gateway> row;
    private final Runnable fenced;

    /**
     * A heartbeat.
     *
     * @param row this gateway as it is now
     * @param fenced hangs up everything and begins a new life, whose epoch {@code row} then shows
     */
    public Heartbeat(Gateways directory, Supplier<Gateway> row, Runnable fenced) {
        this.directory = directory;
        this.row = row;
        this.fenced = fenced;
    }

    @Override
    public void run() {
        try {
            if (!directory.heartbeat(row.get())) {
                LOG.error("this life of the gateway was declared lost; everything is hung up");
                fenced.run();
                directory.heartbeat(row.get());
            }
        } catch (RuntimeException e) {
            LOG.warn("the heartbeat could not be written", e);
        }
    }
}
