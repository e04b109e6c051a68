package io.ringback.gateway.sip;

import java.util.function.Supplier;

/**
 * What every leg of an endpoint shares.
 *
 * @param tokens fresh random text of at least 64 bits for tags, branches and Call-IDs
 */
record LegContext(
        SipSettings settings,
        Wire wire,
        Switchboard switchboard,
        DialogJournal journal,
        Timers timers,
        Gauges gauges,
        Supplier<String> tokens) {

    /** The same for dialogs beside the leg's own, which must not overwrite its record. */
    LegContext withoutJournal() {
        return new LegContext(settings, wire, switchboard, new NoJournal(), timers, gauges, tokens);
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
