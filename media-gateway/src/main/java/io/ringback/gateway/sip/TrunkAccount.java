package io.ringback.gateway.sip;

import io.ringback.gateway.sip.SipRoute.Credentials;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account that we have with a trunk. Its password may be changed while calls are up: it is read anew every few
 * minutes, and at once when the trunk refuses it. Thread-safe.
 */
public final class TrunkAccount {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkAccount.class);

    private final Supplier<Credentials> source;
    private volatile Credentials known;

    /**
     * Reads it for the first time.
     *
     * @param source says what it is now; it may wait, a moment at most when it was asked just before, and it may fail,
     *     which now is the caller's and later leaves the account as it was
     */
    public TrunkAccount(Supplier<Credentials> source) {
        this.source = source;
        this.known = source.get();
    }

    /** One that does not change. */
    static TrunkAccount fixed(String user, String password) {
        Credentials credentials = new Credentials(user, password);
        return new TrunkAccount(() -> credentials);
    }

    /** As it was last read; never waits. */
    Credentials current() {
        return known;
    }

    /** As it is now; waits for its source. */
    public Credentials renewed() {
        try {
            known = source.get();
        } catch (RuntimeException e) {
            LOG.warn("the trunk's account cannot be read; it stays as it was", e);
        }
        return known;
    }

    @Override
    public String toString() {
        return "TrunkAccount[" + known.user() + "]";
    }
}
