package io.ringback.gateway.prompt;

/** A file that is no audio we play; the message completes "the file at URL cannot be played: …". */
final class WrongFormatException extends Exception {
    private static final long serialVersionUID = 1;

    WrongFormatException(String message) {
        super(message);
    }
}
