package io.ringback.aws.dynamodb;

import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.directory.Subscription;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code SUB} / {@code <id>}: an event subscription; {@code SUB-COUNT} / {@code #}: how many there are, changed in the
 * same transaction.
 */
final class SubscriptionRow {
    static final String PARTITION = "SUB";
    static final String COUNT = "count";

    private static final String COUNT_PARTITION = "SUB-COUNT";
    private static final String COUNT_SORT = "#";

    private SubscriptionRow() {}

    static Map<String, AttributeValue> key(String subscriptionId) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, PARTITION)
                .text(TableSchema.SORT_KEY, subscriptionId)
                .item();
    }

    static Map<String, AttributeValue> countKey() {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, COUNT_PARTITION)
                .text(TableSchema.SORT_KEY, COUNT_SORT)
                .item();
    }

    static Map<String, AttributeValue> format(Subscription subscription) {
        Map<String, AttributeValue> item = new ItemWriter()
                .value("callback", subscription.callback(), ValueFormat::callback)
                .list(
                        "announcements",
                        subscription.announcements().stream().sorted().toList(),
                        announcement -> ValueFormat.text(announcement.name()))
                .list("to", subscription.to(), ValueFormat::identifier)
                .instant("createdAt", subscription.createdAt())
                .item();
        item.putAll(key(subscription.subscriptionId()));
        return item;
    }

    static Subscription parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new Subscription(
                reader.text(TableSchema.SORT_KEY),
                reader.value("callback", ValueFormat::callback),
                Set.copyOf(reader.list("announcements", name -> Announcement.valueOf(name.s()))),
                reader.list("to", ValueFormat::identifier),
                reader.instant("createdAt"));
    }
}
