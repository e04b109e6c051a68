package io.ringback.aws.dynamodb;

import io.ringback.core.directory.UserIdentity;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code USER} / {@code <username>}: a user that can register. */
final class IdentityRow {
    static final String PARTITION = "USER";

    private IdentityRow() {}

    static Map<String, AttributeValue> key(String username) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, PARTITION)
                .text(TableSchema.SORT_KEY, username)
                .item();
    }

    static Map<String, AttributeValue> format(UserIdentity identity) {
        Map<String, AttributeValue> item = new ItemWriter()
                .value("identifier", identity.identifier(), ValueFormat::identifier)
                .text("digestHash", identity.digestHash())
                .text("displayName", identity.displayName())
                .instant("createdAt", identity.createdAt())
                .item();
        item.putAll(key(identity.username()));
        return item;
    }

    static UserIdentity parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new UserIdentity(
                reader.value("identifier", ValueFormat::identifier),
                reader.text(TableSchema.SORT_KEY),
                reader.text("digestHash"),
                reader.optionalText("displayName"),
                reader.instant("createdAt"));
    }
}
