package io.ringback.core.port;

/** The source of fresh ids; each has at least 80 random bits of {@code [A-Za-z0-9_-]}. Shapes: {@code CallIds}. */
public interface Ids {
    String newServerCallId();

    /** Id of a connection or a recording of this server call. */
    String newChildId(String serverCallId);

    /** Id of a participant, an operation or an event. */
    String newId();
}
