package io.ringback.aws.memory;

import io.ringback.aws.PageToken;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Details;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Timelines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Timelines in memory. */
public final class MemoryTimelines implements Timelines {
    private final MemoryCallStore calls;
    private final MemoryOutbox outbox;

    public MemoryTimelines(MemoryCallStore calls, MemoryOutbox outbox) {
        this.calls = calls;
        this.outbox = outbox;
    }

    @Override
    public Answer read(String serverCallId, int top, @Nullable String continuationToken) {
        if (calls.load(serverCallId).isEmpty()) {
            return new Answer.UnknownCall();
        }
        int first = 0;
        if (continuationToken != null) {
            Optional<List<String>> position = PageToken.open(serverCallId, continuationToken);
            if (position.isEmpty()) {
                return new Answer.InvalidToken();
            }
            first = Integer.parseInt(position.get().get(0));
        }
        List<Entry> whole = whole(serverCallId);
        int behind = Math.min(first + top, whole.size());
        return new Answer.Page(
                whole.subList(first, behind),
                behind < whole.size() ? PageToken.seal(serverCallId, List.of(Integer.toString(behind))) : null);
    }

    private List<Entry> whole(String serverCallId) {
        List<Entry> whole = new ArrayList<>();
        for (Commit commit : calls.history(serverCallId)) {
            long version = commit.next().version() + 1;
            commit.causes().forEach(cause -> whole.add(new Happened(version, cause)));
            commit.next().participants().stream()
                    .filter(participant -> commit.at().equals(participant.endedAt()))
                    .forEach(participant -> whole.add(new ParticipantEnded(
                            version,
                            commit.at(),
                            participant.participantId(),
                            participant.identifier(),
                            participant.endReason())));
            Map<Target, List<Effect>> byTarget = new LinkedHashMap<>();
            commit.effects()
                    .forEach(effect -> byTarget.computeIfAbsent(effect.target(), t -> new ArrayList<>())
                            .add(effect));
            byTarget.values().forEach(effects -> effects.forEach(effect -> whole.add(sent(commit, effect))));
        }
        return whole;
    }

    private Sent sent(Commit commit, Effect effect) {
        StreamRef stream = new StreamRef(commit.next().serverCallId(), effect.target());
        Outbox.Item item = outbox.items(stream).get(Math.toIntExact(effect.sequence() - 1));
        return new Sent(
                commit.next().version() + 1,
                commit.at(),
                effect.target(),
                effect.sequence(),
                item.id(),
                item.type(),
                item.destination() == null ? null : Details.withoutSecrets(item.destination()),
                Details.of(effect),
                outbox.attempts(stream).stream()
                        .filter(attempt -> attempt.sequence() == effect.sequence())
                        .toList());
    }
}
