package io.ringback.core.decision;

import io.ringback.core.call.ServerCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a command. */
public sealed interface Decision {
    /**
     * The call changes. A repeated command that already holds has the same call and no effects: nothing to commit.
     *
     * @param next the call after it; its version is still the loaded one
     */
    record Accepted(ServerCall next, List<Effect> effects, Reply reply) implements Decision {
        public Accepted {
            effects = List.copyOf(effects);
        }
    }

    /**
     * Nothing changes.
     *
     * @param target JSON path or parameter that is to blame, where there is one
     */
    record Rejected(
            ErrorCode code, String message, @Nullable String target) implements Decision {}
}
