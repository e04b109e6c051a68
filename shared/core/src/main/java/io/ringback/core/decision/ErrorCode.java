package io.ringback.core.decision;

/** Every error that a request can meet, once: its HTTP status and the code that stands in the body (native API §7). */
public enum ErrorCode {
    MALFORMED(400, "8523"),
    WRONG_STATE(400, "8501"),
    OPERATION_NOT_ALLOWED(400, "8528"),
    RECORDING_ALREADY_RUNS(400, "8553"),
    RECORDING_IS_STOPPED(400, "8573"),
    TRANSFER_NOT_POSSIBLE(400, "8585"),
    UNAUTHORIZED(401, "401"),
    POLICY(403, "10300"),
    NOT_FOUND(404, "8522"),
    NO_SUCH_PATH(404, "404"),
    METHOD_NOT_ALLOWED(405, "405"),
    CONFLICT(409, "409"),
    PRECONDITION_FAILED(412, "412"),
    TOO_LARGE(413, "413"),
    UNSUPPORTED_MEDIA_TYPE(415, "415"),
    RANGE_NOT_SATISFIABLE(416, "416"),
    NO_CAPACITY(429, "429"),
    INTERNAL(500, "500"),
    TOO_MANY_CHANGES(503, "503"),
    UNAVAILABLE(503, "503");

    private final int status;
    private final String code;

    ErrorCode(int status, String code) {
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
