package io.ringback.media.wav;

import java.io.IOException;

/** A file that is no WAV file of a kind that we play. The message names what was found and what is accepted. */
public final class WavFormatException extends IOException {
    private static final long serialVersionUID = 1;

    WavFormatException(String message) {
        super(message);
    }
}
