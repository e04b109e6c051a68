package io.ringback.core.call;

import java.util.List;

/**
 * How a server call came to be.
 *
 * @param from who started it
 * @param to whom it was meant for, at the start
 */
public record Origin(Kind kind, Identifier from, List<Identifier> to) {
    public Origin {
        to = List.copyOf(to);
    }

    /** Who dialled whom. */
    public enum Kind {
        /** An application placed it. */
        OUTBOUND,
        /** It came in, and an application decides about it. */
        INCOMING,
        /** A user or a trunk called somebody, and the gateway alone connected the two. */
        PEER
    }
}
