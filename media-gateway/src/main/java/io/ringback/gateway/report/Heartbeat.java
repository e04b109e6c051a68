package io.ringback.gateway.report;

import io.ringback.core.port.Gateways;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.Reserved;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the directory that this gateway lives, every 5 s, and learns there that it was taken for lost. */
public final class Heartbeat implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Gateways directory;
    private final Supplier<Presence> now;
    private final Runnable fenced;
    private Settlement legs = new Settlement();
    private Settlement trunkLegs = new Settlement();

    /**
     * This gateway at one moment.
     *
     * @param came of the legs that were reserved in this life, those whose dial has come
     */
    public record Presence(Gateway row, Reserved came) {}

    /**
     * A heartbeat.
     *
     * @param now this gateway as it is now
     * @param fenced hangs up everything and begins a new life, whose epoch {@code now} then shows
     */
    public Heartbeat(Gateways directory, Supplier<Presence> now, Runnable fenced) {
        this.directory = directory;
        this.now = now;
        this.fenced = fenced;
    }

    @Override
    public void run() {
        try {
            if (!beat()) {
                LOG.error("this life of the gateway was declared lost; everything is hung up");
                fenced.run();
                legs = new Settlement();
                trunkLegs = new Settlement();
                beat();
            }
        } catch (RuntimeException e) {
            LOG.warn("the heartbeat could not be written", e);
        }
    }

    /** False when this life was declared lost. */
    private boolean beat() {
        Presence presence = now.get();
        Reserved came = presence.came();
        Reserved settled = new Reserved(legs.settled(came.legs()), trunkLegs.settled(came.trunkLegs()));
        Optional<Reserved> reserved = directory.heartbeat(presence.row(), settled);
        reserved.ifPresent(all -> {
            legs.learn(came.legs(), all.legs());
            trunkLegs.learn(came.trunkLegs(), all.trunkLegs());
        });
        return reserved.isPresent();
    }
}
