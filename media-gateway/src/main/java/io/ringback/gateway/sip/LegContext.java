package io.ringback.gateway.sip;

import io.ringback.gateway.task.Gauges;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What every leg of an endpoint shares.
 *
 * @param tokens fresh random text of at least 64 bits for tags, branches and Call-IDs
 * @param lookUps runs what waits for the resolver; refuses what is too much
 */
record LegContext(
        SipSettings settings,
        Wire wire,
        Switchboard switchboard,
        DialogJournal journal,
        Timers timers,
        Gauges gauges,
        Supplier<String> tokens,
        RandomGenerator random,
        Resolver resolver,
        Executor lookUps) {

    /** The same for dialogs beside the leg's own, which must not overwrite its record. */
    LegContext withoutJournal() {
        return new LegContext(
                settings, wire, switchboard, new NoJournal(), timers, gauges, tokens, random, resolver, lookUps);
    }

    /** Finds the addresses of a host, best first; may take as long as DNS does. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final class NoJournal implements DialogJournal {
        @Override
        public void record(DialogRecord dialog) {
            // Ended at once; a crash in between leaves it to the far side's session timer.
        }

        @Override
        public void forget(String legId) {
            // Nothing was noted.
        }
    }
}
