package io.ringback.aws.dynamodb;

import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Details;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.StreamRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What becomes one row of the outbox: the effects of a commit for one target, as many of them as leave an item room for
 * the attempts at them.
 *
 * @param details of each item, for the timeline
 */
record EffectRow(Target target, List<Outbox.Item> items, List<Map<String, String>> details) {
    /** Bytes of the effects of a row; 600 attempts have 200 KB, and DynamoDB takes 400 KB. */
    static final int MOST = 160 * 1024;

    /** Bytes of an effect's row beside its texts: names, numbers, moments. */
    private static final int FRAME = 320;

    /** The rows of a commit, those of a target one after the other, in the order of the targets' first effects. */
    static List<EffectRow> of(Commit commit, EffectEncoder encoder) {
        Map<Target, List<EffectRow>> byTarget = new LinkedHashMap<>();
        Map<Target, Long> sizes = new LinkedHashMap<>();
        for (Effect effect : commit.effects()) {
            Target target = effect.target();
            Outbox.Item item = encoder.encode(commit.next(), effect, commit.at());
            Map<String, String> details = Details.of(effect);
            List<EffectRow> rows = byTarget.computeIfAbsent(target, first -> new ArrayList<>());
            long size = size(item, details);
            if (rows.isEmpty() || sizes.merge(target, size, Long::sum) > MOST) {
                rows.add(new EffectRow(target, new ArrayList<>(), new ArrayList<>()));
                sizes.put(target, size);
            }
            EffectRow row = rows.get(rows.size() - 1);
            row.items.add(item);
            row.details.add(details);
        }
        return byTarget.values().stream().flatMap(List::stream).toList();
    }

    Map<String, AttributeValue> format(Commit commit) {
        return OutboxRow.format(new StreamRef(commit.next().serverCallId(), target), items, details, commit.at());
    }

    /** How the history names it. */
    HistoryRow.Effects named() {
        return new HistoryRow.Effects(target, items.get(0).sequence(), items.size());
    }

    private static long size(Outbox.Item item, Map<String, String> details) {
        long texts = bytes(item.body())
                + bytes(item.type())
                + bytes(item.destination() == null ? null : item.destination().toString());
        long told = details.entrySet().stream()
                .mapToLong(detail -> bytes(detail.getKey()) + bytes(detail.getValue()))
                .sum();
        return FRAME + texts + told;
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
