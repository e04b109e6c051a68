package io.ringback.core.call;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The shape of ids. A server call id is 20 characters of {@code [A-Za-z0-9_-]} (120 random bits); the ids of its
 * connections and recordings begin with it and add 12 more characters, so that an operation loads the call without a
 * look-up. Whoever gets such an id still has to find it in the loaded call.
 */
public final class CallIds {
    public static final int SERVER_CALL_ID_LENGTH = 20;
    public static final int CHILD_SUFFIX_LENGTH = 12;

    private static final Pattern SERVER_CALL = Pattern.compile("[A-Za-z0-9_-]{20}");
    private static final Pattern CHILD = Pattern.compile("[A-Za-z0-9_-]{32}");

    private CallIds() {}

    /** The server call id itself, if it has the shape of one. */
    public static Optional<String> serverCall(String serverCallId) {
        return SERVER_CALL.matcher(serverCallId).matches() ? Optional.of(serverCallId) : Optional.empty();
    }

    /** The server call id inside a connection's or a recording's id, if it has the shape of one. */
    public static Optional<String> serverCallOf(String childId) {
        return CHILD.matcher(childId).matches()
                ? Optional.of(childId.substring(0, SERVER_CALL_ID_LENGTH))
                : Optional.empty();
    }
}
