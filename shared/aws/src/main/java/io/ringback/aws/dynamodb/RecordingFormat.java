package io.ringback.aws.dynamodb;

import io.ringback.core.call.Recording;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a recording stands in its call's item. */
final class RecordingFormat {
    private RecordingFormat() {}

    static AttributeValue write(Recording recording) {
        return new ItemWriter()
                .text("id", recording.recordingId())
                .value("callback", recording.callback(), ValueFormat::callback)
                .constant("channels", recording.channels())
                .constant("format", recording.format())
                .constant("status", recording.status())
                .instant("requestedAt", recording.requestedAt())
                .instant("startDateTime", recording.startDateTime())
                .number("durationMs", recording.durationMs())
                .list("pauses", recording.pauses(), ValueFormat::pause)
                .text("contentKey", recording.contentKey())
                .number("sizeBytes", recording.sizeBytes())
                .value("fileResult", recording.fileResult(), ValueFormat::result)
                .map();
    }

    static Recording read(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Recording(
                map.text("id"),
                map.value("callback", ValueFormat::callback),
                map.constant("channels", Recording.Channels.class),
                map.constant("format", Recording.Format.class),
                map.constant("status", Recording.Status.class),
                map.instant("requestedAt"),
                map.optionalInstant("startDateTime"),
                map.number("durationMs"),
                map.list("pauses", ValueFormat::pause),
                map.optionalText("contentKey"),
                map.number("sizeBytes"),
                map.optional("fileResult", ValueFormat::result));
    }
}
