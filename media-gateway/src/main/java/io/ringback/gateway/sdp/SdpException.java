package io.ringback.gateway.sdp;

/** A session description that we cannot read or cannot use; its message says why, for people. */
final class SdpException extends Exception {
    private static final long serialVersionUID = 1L;

    SdpException(String message) {
        super(message);
    }
}
