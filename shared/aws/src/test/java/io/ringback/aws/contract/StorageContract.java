package io.ringback.aws.contract;

import io.ringback.testkit.FakeClock;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts begin with: an empty storage, and a clock that the test moves. */
public abstract class StorageContract {
    protected final FakeClock clock = FakeClock.atNoon();
    protected Storage storage;

    @BeforeEach
    final void openStorage(StorageUnderTest implementation) throws Exception {
        storage = implementation.open(clock);
    }
}
