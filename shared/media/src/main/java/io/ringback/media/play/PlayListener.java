package io.ringback.media.play;

/** Is told what became of the plays of a queue; each play that was added ends in exactly one of the last three. */
public interface PlayListener {
    /** The play began to sound. */
    void started(String playId);

    /** The play sounded to its end, or a looping one yielded. */
    void completed(String playId);

    /** A key press stopped the play. */
    void stoppedByTone(String playId, int eventCode);

    /** The play was cancelled, sounding or waiting. */
    void cancelled(String playId);
}
