package io.ringback.core.port;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.UserIdentity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users that can register. */
public interface Identities {
    /** Adds one, together with the first answer to the request that asked for it. */
    Added add(UserIdentity identity, @Nullable FirstAnswer firstAnswer);

    /**
     * Adds one that nobody will ask for again.
     *
     * @return false when the username is taken
     */
    default boolean add(UserIdentity identity) {
        return add(identity, null) == Added.ADDED;
    }

    /** What became of a user to add. */
    enum Added {
        ADDED,
        /** The username is taken. */
        TAKEN,
        /** The same request was carried out meanwhile: its answer is kept. */
        REPEATED
    }

    Optional<UserIdentity> find(Identifier user);

    /** A page of them by username, those behind {@code after}; null begins. */
    List<UserIdentity> page(@Nullable String after, int limit);

    /** @return false when there was none */
    boolean delete(Identifier user);
}
