package io.ringback.aws.memory;

import io.ringback.core.directory.Subscription;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.Subscriptions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event subscriptions in memory. */
public final class MemorySubscriptions implements Subscriptions {
    private final Map<String, Subscription> rows = new HashMap<>();
    private final MemoryFirstAnswers answers;

    MemorySubscriptions(MemoryFirstAnswers answers) {
        this.answers = answers;
    }

    @Override
    public synchronized Added add(Subscription subscription, @Nullable FirstAnswer firstAnswer) {
        if (answers.isRepeated(firstAnswer)) {
            return Added.REPEATED;
        }
        if (rows.size() >= Subscription.MOST) {
            return Added.FULL;
        }
        if (rows.putIfAbsent(subscription.subscriptionId(), subscription) != null) {
            throw new IllegalStateException("the id " + subscription.subscriptionId() + " is taken");
        }
        answers.keep(firstAnswer);
        return Added.ADDED;
    }

    @Override
    public synchronized Optional<Subscription> find(String subscriptionId) {
        return Optional.ofNullable(rows.get(subscriptionId));
    }

    @Override
    public synchronized List<Subscription> all() {
        return rows.values().stream()
                .sorted(Comparator.comparing(Subscription::createdAt).thenComparing(Subscription::subscriptionId))
                .toList();
    }

    @Override
    public synchronized boolean delete(String subscriptionId) {
        return rows.remove(subscriptionId) != null;
    }
}
