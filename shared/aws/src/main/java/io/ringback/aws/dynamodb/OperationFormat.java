package io.ringback.aws.dynamodb;

import io.ringback.core.call.Operation;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a running media operation stands in its call's item. */
final class OperationFormat {
    private OperationFormat() {}

    static AttributeValue write(Operation operation) {
        return new ItemWriter()
                .text("id", operation.operationId())
                .constant("kind", operation.kind())
                .constant("status", operation.status())
                .text("callConnectionId", operation.callConnectionId())
                .value("callback", operation.callback(), ValueFormat::callback)
                .text("operationContext", operation.operationContext())
                .text("participantId", operation.participantId())
                .text("transferTarget", operation.transferTarget())
                .instant("startedAt", operation.startedAt())
                .map();
    }

    static Operation read(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Operation(
                map.text("id"),
                map.constant("kind", Operation.Kind.class),
                map.constant("status", Operation.Status.class),
                map.optionalText("callConnectionId"),
                map.value("callback", ValueFormat::callback),
                map.optionalText("operationContext"),
                map.optionalText("participantId"),
                map.optionalText("transferTarget"),
                map.instant("startedAt"));
    }
}
