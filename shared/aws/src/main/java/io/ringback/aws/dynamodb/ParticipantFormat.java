package io.ringback.aws.dynamodb;

import io.ringback.core.call.Participant;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a participant stands in its call's item. */
final class ParticipantFormat {
    private ParticipantFormat() {}

    static AttributeValue write(Participant participant) {
        return new ItemWriter()
                .text("id", participant.participantId())
                .value("identifier", participant.identifier(), ValueFormat::identifier)
                .constant("state", participant.state())
                .flag("muted", participant.muted())
                .constant("heldBy", participant.heldBy())
                .text("operationContext", participant.operationContext())
                .number("dtmfCount", participant.dtmfCount())
                .instant("invitedAt", participant.invitedAt())
                .instant("connectedAt", participant.connectedAt())
                .instant("endedAt", participant.endedAt())
                .value("endReason", participant.endReason(), ValueFormat::result)
                .map();
    }

    static Participant read(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Participant(
                map.text("id"),
                map.value("identifier", ValueFormat::identifier),
                map.constant("state", Participant.State.class),
                map.flag("muted"),
                map.has("heldBy") ? map.constant("heldBy", Participant.HeldBy.class) : null,
                map.optionalText("operationContext"),
                map.number("dtmfCount"),
                map.instant("invitedAt"),
                map.optionalInstant("connectedAt"),
                map.optionalInstant("endedAt"),
                map.optional("endReason", ValueFormat::result));
    }
}
