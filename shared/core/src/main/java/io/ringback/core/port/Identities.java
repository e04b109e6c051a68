package io.ringback.core.port;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.UserIdentity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users that can register. */
public interface Identities {
    /** @return false when the username is taken */
    boolean add(UserIdentity identity);

    Optional<UserIdentity> find(Identifier user);

    /** A page of them by username, those behind {@code after}; null begins. */
    List<UserIdentity> page(@Nullable String after, int limit);

    /** @return false when there was none */
    boolean delete(Identifier user);
}
