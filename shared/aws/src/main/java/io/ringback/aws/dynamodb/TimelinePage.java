package io.ringback.aws.dynamodb;

import io.ringback.core.call.ResultInfo;
import io.ringback.core.decision.Target;
import io.ringback.core.port.Timelines.Answer;
import io.ringback.core.port.Timelines.Entry;
import io.ringback.core.port.Timelines.Happened;
import io.ringback.core.port.Timelines.ParticipantEnded;
import io.ringback.core.port.Timelines.Sent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A page of a timeline in the making. */
final class TimelinePage {
    /** An entry without what is counted of it. */
    private static final int ENTRY = 1000;

    /** A query may see the history of a commit and not yet all of its effects; after so long they are gone. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private final int top;
    private final Instant now;
    private final List<Entry> entries = new ArrayList<>();
    private final PageRoom room = new PageRoom();
    private TimelinePosition position;
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
        full |= entries.size() == top;
        if (full || at < position.offset()) {
            return;
        }
        full = !room.take(size(entry));
        if (full) {
            return;
        }
        entries.add(entry);
        position = new TimelinePosition(position.version(), at + 1);
    }

    /** Its bytes in an answer, at most. */
    private static int size(Entry entry) {
        if (entry instanceof Happened happened) {
            return ENTRY + PageRoom.texts(happened.cause().details());
        }
        if (entry instanceof Sent sent) {
            URI destination = sent.destination();
            return ENTRY
                    + (destination == null ? 0 : PageRoom.text(destination.toString()))
                    + PageRoom.texts(sent.details())
                    + PageRoom.attempts(sent.attempts());
        }
        ParticipantEnded ended = (ParticipantEnded) entry;
        ResultInfo reason = ended.reason();
        return ENTRY
                + PageRoom.text(ended.identifier().rawId())
                + (reason == null ? 0 : PageRoom.text(reason.message()));
    }

    /** @param more whether there are commits behind those that were added */
    Answer.Page answer(String serverCallId, boolean more) {
        return new Answer.Page(entries, full || more ? position.token(serverCallId) : null);
    }
}
