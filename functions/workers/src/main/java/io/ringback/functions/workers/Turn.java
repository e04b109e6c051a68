package io.ringback.functions.workers;

import java.time.Duration;

/** What is to become of a group's messages after a turn at them. */
sealed interface Turn {
    /** Nothing is left to do for them. */
    record Done() implements Turn {}

    /** Work is left for which there is no time now: another message takes it up. */
    record GoOn() implements Turn {}

    /** The stream waits on purpose, for its next attempt; how often it has waited says nothing. */
    record Wait(Duration time) implements Turn {}

    /** Something is not as it should be: look again, and after so many looks let an alarm tell people. */
    record LookAgain(Duration time) implements Turn {}
}
