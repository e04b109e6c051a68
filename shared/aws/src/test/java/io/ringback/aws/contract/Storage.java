package io.ringback.aws.contract;

import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Circuits;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.FirstAnswers;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Subscriptions;
import io.ringback.core.port.Timelines;

/** An implementation under test, empty at first. */
public interface Storage {
    CallStore calls();

    Outbox outbox();

    Gateways gateways();

    CallLog log();

    Timelines timelines();

    DeadLetters deadLetters();

    Subscriptions subscriptions();

    Identities identities();

    Registrations registrations();

    Circuits circuits();

    FirstAnswers firstAnswers();

    /** Makes an outbox row invisible to reads, as a query may miss one while its transaction is being carried out. */
    void hide(StreamRef stream, long firstSequence);

    /** Lets reads see every row again. */
    void revealAll();
}
