package io.ringback.gateway.sip;

import io.ringback.gateway.task.Gauges;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/** What requests outside a dialog may cost, whoever sends them. Thread-safe. */
final class Allowance {
    private final SipSettings.Guards limits;
    private final IntSupplier openTransactions;
    private final Gauges gauges;
    private final InstantSource clock;
    private final TokenBucket registrations;

    /** @param openTransactions server transactions that the stack keeps now */
    Allowance(SipSettings.Guards limits, IntSupplier openTransactions, Gauges gauges, InstantSource clock) {
        this.limits = limits;
        this.openTransactions = openTransactions;
        this.gauges = gauges;
        this.clock = clock;
        this.registrations = new TokenBucket(limits.registrationsPerSecond(), clock.millis());
    }

    /** Whether a request may open a server transaction, which stays for up to 32 s. */
    boolean transaction() {
        return counted("refusedTransactions", openTransactions.getAsInt() < limits.transactions());
    }

    /** Whether a REGISTER may be looked into. */
    synchronized boolean registration() {
        return counted("refusedRegistrations", registrations.take(clock.millis()));
    }

    private boolean counted(String name, boolean allowed) {
        if (!allowed) {
            gauges.count(name);
        }
        return allowed;
    }
}
