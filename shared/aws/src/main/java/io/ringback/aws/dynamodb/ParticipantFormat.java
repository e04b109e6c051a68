package io.ringback.aws.dynamodb;

import io.ringback.core.call.Participant;
import io.ringback.core.call.Participant.Invitation;
import io.ringback.core.call.PromptSource;
import java.net.URI;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a participant stands in its call's item. */
final class ParticipantFormat {
    private ParticipantFormat() {}

    static AttributeValue write(Participant participant) {
        return new ItemWriter()
                .text("id", participant.participantId())
                .value("identifier", participant.identifier(), ValueFormat::identifier)
                .constant("state", participant.state())
                .flag("leaving", participant.leaving())
                .flag("muted", participant.muted())
                .list(
                        "holds",
                        participant.holds().stream().sorted().toList(),
                        holder -> ValueFormat.text(holder.name()))
                .value("holdMusic", participant.holdMusic(), ParticipantFormat::music)
                .value("invitation", participant.invitation(), ParticipantFormat::invitation)
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
                map.flagOrFalse("leaving"),
                map.flag("muted"),
                Set.copyOf(map.list("holds", holder -> Participant.HeldBy.valueOf(holder.s()))),
                map.optional("holdMusic", ParticipantFormat::music),
                map.optional("invitation", ParticipantFormat::invitation),
                map.number("dtmfCount"),
                map.instant("invitedAt"),
                map.optionalInstant("connectedAt"),
                map.optionalInstant("endedAt"),
                map.optional("endReason", ValueFormat::result));
    }

    private static AttributeValue music(PromptSource music) {
        ItemWriter map = new ItemWriter();
        if (music instanceof PromptSource.File file) {
            map.text("uri", file.uri().toString()).text("audioFileId", file.audioFileId());
        } else if (music instanceof PromptSource.Text text) {
            map.text("text", text.text()).text("voice", text.voice());
        }
        return map.map();
    }

    private static PromptSource music(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return map.has("uri")
                ? new PromptSource.File(URI.create(map.text("uri")), map.optionalText("audioFileId"))
                : new PromptSource.Text(map.text("text"), map.optionalText("voice"));
    }

    private static AttributeValue invitation(Invitation invitation) {
        return new ItemWriter()
                .text("callConnectionId", invitation.callConnectionId())
                .value("callback", invitation.callback(), ValueFormat::callback)
                .text("operationContext", invitation.operationContext())
                .map();
    }

    private static Invitation invitation(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Invitation(
                map.optionalText("callConnectionId"),
                map.optional("callback", ValueFormat::callback),
                map.optionalText("operationContext"));
    }
}
