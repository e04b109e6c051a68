package io.ringback.aws.dynamodb;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code REG#<user>} / {@code <contact>}: where a user's softphone can be reached. */
final class RegistrationRow {
    static final String CALL_ID = "callId";
    static final String CSEQ = "cseq";
    static final String REGISTERED_AT = "registeredAt";

    private static final String PREFIX = "REG#";

    private RegistrationRow() {}

    static String partition(Identifier user) {
        return PREFIX + user.rawId();
    }

    static Map<String, AttributeValue> key(Identifier user, String contact) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, partition(user))
                .text(TableSchema.SORT_KEY, contact)
                .item();
    }

    static Map<String, AttributeValue> format(Registration registration, Instant now) {
        Map<String, AttributeValue> item = new ItemWriter()
                .text("gatewayId", registration.gatewayId())
                .text("flow", registration.flow())
                .text(CALL_ID, registration.callId())
                .number(CSEQ, registration.cseq())
                .instant("until", registration.expiresAt())
                .instant(REGISTERED_AT, now)
                .number(TableSchema.EXPIRES_AT, registration.expiresAt().getEpochSecond() + 1)
                .item();
        item.putAll(key(registration.user(), registration.contact()));
        return item;
    }

    static Registration parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new Registration(
                new Identifier(reader.text(TableSchema.PARTITION_KEY).substring(PREFIX.length())),
                reader.text("gatewayId"),
                reader.text(TableSchema.SORT_KEY),
                reader.text("flow"),
                reader.text(CALL_ID),
                reader.number(CSEQ),
                reader.instant("until"));
    }
}
