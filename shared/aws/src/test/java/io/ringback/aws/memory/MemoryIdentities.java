package io.ringback.aws.memory;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Identities;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The users in memory. */
public final class MemoryIdentities implements Identities {
    private final TreeMap<String, UserIdentity> rows = new TreeMap<>();
    private final MemoryFirstAnswers answers;

    MemoryIdentities(MemoryFirstAnswers answers) {
        this.answers = answers;
    }

    @Override
    public synchronized Added add(UserIdentity identity, @Nullable FirstAnswer firstAnswer) {
        if (answers.isRepeated(firstAnswer)) {
            return Added.REPEATED;
        }
        if (rows.putIfAbsent(identity.username(), identity) != null) {
            return Added.TAKEN;
        }
        answers.keep(firstAnswer);
        return Added.ADDED;
    }

    @Override
    public synchronized Optional<UserIdentity> find(Identifier user) {
        return rows.values().stream()
                .filter(identity -> identity.identifier().equals(user))
                .findFirst();
    }

    @Override
    public synchronized List<UserIdentity> page(@Nullable String after, int limit) {
        return rows.tailMap(after == null ? "" : after, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean delete(Identifier user) {
        return rows.values().removeIf(identity -> identity.identifier().equals(user));
    }
}
