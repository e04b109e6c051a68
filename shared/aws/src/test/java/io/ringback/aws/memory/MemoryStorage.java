package io.ringback.aws.memory;

import io.ringback.aws.contract.Storage;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.StreamRef;
import java.time.InstantSource;

/** All storage ports in memory, together. */
public final class MemoryStorage implements Storage {
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final MemoryCallStore calls;
    private final MemoryCallLog log;
    private final MemoryTimelines timelines;
    private final MemoryDeadLetters deadLetters;
    private final MemoryFirstAnswers firstAnswers = new MemoryFirstAnswers();
    private final MemorySubscriptions subscriptions = new MemorySubscriptions(firstAnswers);
    private final MemoryIdentities identities = new MemoryIdentities(firstAnswers);
    private final MemoryRegistrations registrations;
    private final MemoryCircuits circuits = new MemoryCircuits();

    public MemoryStorage(EffectEncoder encoder, InstantSource clock) {
        calls = new MemoryCallStore(outbox, firstAnswers, encoder, clock);
        log = new MemoryCallLog(calls);
        timelines = new MemoryTimelines(calls, outbox);
        deadLetters = new MemoryDeadLetters(outbox, firstAnswers, clock);
        registrations = new MemoryRegistrations(clock);
    }

    @Override
    public MemoryCallStore calls() {
        return calls;
    }

    @Override
    public MemoryOutbox outbox() {
        return outbox;
    }

    @Override
    public MemoryGateways gateways() {
        return calls.gateways();
    }

    @Override
    public MemoryCallLog log() {
        return log;
    }

    @Override
    public MemoryTimelines timelines() {
        return timelines;
    }

    @Override
    public MemoryDeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public MemorySubscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public MemoryIdentities identities() {
        return identities;
    }

    @Override
    public MemoryRegistrations registrations() {
        return registrations;
    }

    @Override
    public MemoryFirstAnswers firstAnswers() {
        return firstAnswers;
    }

    @Override
    public MemoryCircuits circuits() {
        return circuits;
    }

    @Override
    public void hide(StreamRef stream, long firstSequence) {
        outbox.hide(stream, firstSequence);
    }

    @Override
    public void revealAll() {
        outbox.revealAll();
    }
}
