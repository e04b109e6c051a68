package io.ringback.core.application;

import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Cause;
import io.ringback.core.port.Details;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a call's history keeps of what changed it. */
final class Causes {
    private Causes() {}

    static List<Cause> of(CallCommand command, Instant now) {
        return List.of(new Cause(
                isOurOwn(command) ? Cause.Kind.SYSTEM : Cause.Kind.REQUEST,
                command.getClass().getSimpleName(),
                now,
                Details.of((Record) command)));
    }

    /** With the gateway's number and time of each. */
    static List<Cause> of(List<MediaReport> reports) {
        return reports.stream().map(Causes::of).toList();
    }

    private static Cause of(MediaReport report) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("number", Long.toString(report.number()));
        details.putAll(Details.of((Record) report.event()));
        return new Cause(Cause.Kind.MEDIA_EVENT, report.event().getClass().getSimpleName(), report.at(), details);
    }

    private static boolean isOurOwn(CallCommand command) {
        return command instanceof CallCommand.LoseGateway
                || command instanceof CallCommand.DropMediaCommand
                || command instanceof CallCommand.GiveUpRecovery;
    }
}
