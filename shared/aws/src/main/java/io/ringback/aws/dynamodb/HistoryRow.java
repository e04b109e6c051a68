package io.ringback.aws.dynamodb;

import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.event.CallEvent;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code CALL#<serverCallId>} / {@code H#<12-digit version>}: what one commit was about: its cause, what ended in it and
 * which effects it had. Their bodies and deliveries stand in the outbox rows.
 */
final class HistoryRow {
    /** Tells the commit that wrote the row from any other that wanted the same version. */
    private static final String COMMIT_ID = "commitId";

    private HistoryRow() {}

    static Map<String, AttributeValue> key(String serverCallId, long version) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, CallItem.partition(serverCallId))
                .text(TableSchema.SORT_KEY, "H#" + String.format(Locale.ROOT, "%012d", version))
                .item();
    }

    static Map<String, AttributeValue> format(
            CallStore.Commit commit, List<Outbox.Item> effects, String commitId, Duration retention) {
        ServerCall next = commit.next();
        ItemWriter writer = new ItemWriter()
                .text(COMMIT_ID, commitId)
                .instant("at", commit.at())
                .list("cause", commit.cause(), ValueFormat::text)
                .constant("state", next.state())
                .list("ended", ended(commit), AttributeValue::fromM)
                .list("effects", effects, HistoryRow::effect)
                .number(
                        TableSchema.EXPIRES_AT,
                        Retention.ofRow(commit.at(), retention).getEpochSecond());
        Map<String, AttributeValue> item = writer.item();
        item.putAll(key(next.serverCallId(), next.version() + 1));
        return item;
    }

    static boolean isOf(String commitId, Map<String, AttributeValue> item) {
        return commitId.equals(new ItemReader(item).text(COMMIT_ID));
    }

    private static AttributeValue effect(Outbox.Item effect) {
        return new ItemWriter()
                .number("sequence", effect.sequence())
                .text("id", effect.id())
                .text("type", effect.type())
                .text(
                        "destination",
                        effect.destination() == null
                                ? null
                                : effect.destination().toString())
                .map();
    }

    private static List<Map<String, AttributeValue>> ended(CallStore.Commit commit) {
        List<Map<String, AttributeValue>> ended = new ArrayList<>();
        for (Participant participant : commit.next().participants()) {
            if (commit.at().equals(participant.endedAt())) {
                ended.add(end(
                        "participant",
                        participant.participantId(),
                        participant.endReason() == null
                                ? null
                                : participant.endReason().reason()));
            }
        }
        for (Effect effect : commit.effects()) {
            if (effect instanceof Effect.Notify notify) {
                addEnd(ended, notify.event());
            }
        }
        return ended;
    }

    private static void addEnd(List<Map<String, AttributeValue>> ended, CallEvent event) {
        if (event instanceof CallEvent.PlayResult play) {
            ended.add(end("operation", play.operationId(), play.resultInfo().reason()));
        } else if (event instanceof CallEvent.CancelMediaResult cancel) {
            ended.add(end("operation", cancel.operationId(), cancel.resultInfo().reason()));
        } else if (event instanceof CallEvent.RecordingFileStatusUpdated file) {
            ended.add(end("recording", file.recordingId(), file.resultInfo().reason()));
        }
    }

    private static Map<String, AttributeValue> end(String kind, String id, @Nullable Enum<?> reason) {
        return new ItemWriter()
                .text("kind", kind)
                .text("id", id)
                .constant("reason", reason)
                .item();
    }
}
