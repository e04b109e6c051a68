package io.ringback.local.phones;

import java.time.Duration;

/** What a behaviour can do with a phone in one call. What the call's state does not allow has no effect. */
interface Handset {
    /** Tells the caller that it rings (180). */
    void ring();

    /** Answers; sound flows from now on. */
    void answer();

    /** Refuses the call with a final status. */
    void reject(int sipStatus);

    /** Presses these keys one after the other, as the line profile says. */
    void press(String keys);

    void say(Sound sound);

    /** Says back whatever is heard from now on. */
    void echo();

    /** Notes that from now on the caller's words are kept, as a voicemail does after its beep. */
    void beginRecording();

    /** Ends the call. */
    void hangUp();

    /** The network is gone for this call: no packet, no answer, not even to a BYE. */
    void loseNetwork();

    /** Does something later, unless the call has ended by then. */
    void after(Duration delay, Runnable action);
}
