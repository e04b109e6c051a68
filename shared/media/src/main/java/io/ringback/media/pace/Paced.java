package io.ringback.media.pace;

/** What a pacer drives, such as the media of one call. All methods are called on the pacer's thread. */
public interface Paced {
    /** Does the work of one mixing cycle. */
    void cycle();

    /** So many cycles will never be done, because the pacer woke too late for them. */
    void skipped(long cycles);

    /** It threw out of a cycle or a command, which is a bug, and is driven no more. */
    void failed(RuntimeException bug);
}
