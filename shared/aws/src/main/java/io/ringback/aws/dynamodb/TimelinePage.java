package io.ringback.aws.dynamodb;

import io.ringback.core.decision.Target;
import io.ringback.core.port.Timelines.Answer;
import io.ringback.core.port.Timelines.Entry;
import io.ringback.core.port.Timelines.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A page of a timeline in the making. */
final class TimelinePage {
    /** How many attempts it tells at most beyond those of its last entry: an answer of a function has 6 MB. */
    private static final int ATTEMPTS = 5000;

    /** A query may see the history of a commit and not yet all of its effects; after so long they are gone. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private final int top;
    private final Instant now;
    private final List<Entry> entries = new ArrayList<>();
    private TimelinePosition position;
    private int attempts;
    private boolean full;

    TimelinePage(TimelinePosition start, int top, Instant now) {
        this.position = start;
        this.top = top;
        this.now = now;
    }

    /**
     * Adds what is new of a commit, the next one.
     *
     * @return false when no more is wanted
     */
    boolean add(HistoryRow commit, Map<Target, Map<Long, Map<String, AttributeValue>>> outbox) {
        if (commit.version() != position.version()) {
            position = new TimelinePosition(commit.version(), 0);
        }
        int at = 0;
        for (Entry entry : commit.entries()) {
            add(at++, entry);
        }
        for (HistoryRow.Effects effects : commit.effects()) {
            Map<String, AttributeValue> row =
                    outbox.getOrDefault(effects.target(), Map.of()).get(effects.firstSequence());
            if (row != null) {
                int first = at;
                for (Sent sent : OutboxRow.sent(row, effects.target(), commit.version(), commit.at())) {
                    add(first++, sent);
                }
            } else if (commit.at().plus(UNDER_WAY).isAfter(now)) {
                full |= position.offset() < at + effects.count();
            }
            at += effects.count();
        }
        if (!full) {
            position = new TimelinePosition(commit.version() + 1, 0);
        }
        return !full;
    }

    private void add(int at, Entry entry) {
        full |= entries.size() == top || attempts > ATTEMPTS;
        if (full || at < position.offset()) {
            return;
        }
        entries.add(entry);
        attempts += entry instanceof Sent sent ? sent.attempts().size() : 0;
        position = new TimelinePosition(position.version(), at + 1);
    }

    /** @param more whether there are commits behind those that were added */
    Answer.Page answer(String serverCallId, boolean more) {
        return new Answer.Page(entries, full || more ? position.token(serverCallId) : null);
    }
}
