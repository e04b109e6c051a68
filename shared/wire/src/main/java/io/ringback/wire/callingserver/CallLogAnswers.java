package io.ringback.wire.callingserver;

import io.ringback.core.call.ResultInfo;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.Timelines;
import io.ringback.wire.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of answers to ListCalls and GetTimeline (native API §8). Phone numbers stand in them in full. */
public final class CallLogAnswers {
    private CallLogAnswers() {}

    /** The answer to ListCalls. */
    public static String calls(CallLog.Answer.Page page) {
        return Json.write(
                new CallPage(page.calls().stream().map(SummaryJson::of).toList(), page.continuationToken()));
    }

    /** The answer to GetTimeline. */
    public static String timeline(Timelines.Answer.Page page) {
        return Json.write(new TimelinePage(
                page.entries().stream().map(CallLogAnswers::entry).toList(), page.continuationToken()));
    }

    private static Object entry(Timelines.Entry entry) {
        if (entry instanceof Timelines.Happened happened) {
            return new HappenedJson(
                    WireNames.of(happened.cause().kind()),
                    happened.version(),
                    happened.at(),
                    happened.cause().name(),
                    happened.cause().details());
        }
        if (entry instanceof Timelines.ParticipantEnded ended) {
            ResultInfo reason = ended.reason();
            return new EndedJson(
                    "participantEnded",
                    ended.version(),
                    ended.at(),
                    ended.participantId(),
                    IdentifierJson.of(ended.identifier()),
                    ResultInfoJson.ofNullable(reason));
        }
        Timelines.Sent sent = (Timelines.Sent) entry;
        return new SentJson(
                sent.target().isCallback() ? "event" : "command",
                sent.version(),
                sent.at(),
                sent.target().isCallback() ? sent.id() : null,
                sent.type(),
                sent.sequence(),
                sent.destination(),
                sent.details(),
                sent.attempts().stream().map(AttemptJson::of).toList());
    }

    private record CallPage(
            List<SummaryJson> calls, @Nullable String continuationToken) {}

    private record SummaryJson(
            String serverCallId,
            String state,
            String kind,
            IdentifierJson from,
            List<IdentifierJson> to,
            Instant startedAt,
            @Nullable Instant establishedAt,
            @Nullable Instant endedAt,
            @Nullable ResultInfoJson endReason,
            List<String> callConnectionIds) {
        static SummaryJson of(CallLog.Summary call) {
            return new SummaryJson(
                    call.serverCallId(),
                    WireNames.of(call.state()),
                    WireNames.of(call.origin().kind()),
                    IdentifierJson.of(call.origin().from()),
                    call.origin().to().stream().map(IdentifierJson::of).toList(),
                    call.startedAt(),
                    call.establishedAt(),
                    call.endedAt(),
                    ResultInfoJson.ofNullable(call.endReason()),
                    call.callConnectionIds());
        }
    }

    private record TimelinePage(
            List<Object> entries, @Nullable String continuationToken) {}

    /** @param kind request, mediaEvent or system */
    private record HappenedJson(String kind, long version, Instant at, String name, Map<String, String> details) {}

    private record EndedJson(
            String kind,
            long version,
            Instant at,
            String participantId,
            IdentifierJson identifier,
            @Nullable ResultInfoJson resultInfo) {}

    /** @param kind event for an application, command for the media gateway */
    private record SentJson(
            String kind,
            long version,
            Instant at,
            @Nullable String id,
            String type,
            long sequence,
            @Nullable URI destination,
            Map<String, String> details,
            List<AttemptJson> attempts) {}
}
