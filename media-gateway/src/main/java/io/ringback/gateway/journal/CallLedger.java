package io.ringback.gateway.journal;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingChanged.Change;
import io.ringback.core.media.MediaReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the journal knows of one call. Guarded by the journal's lock. */
final class CallLedger {
    private final String serverCallId;
    private final GatewayRef gateway;
    private final Set<String> openLegs = new LinkedHashSet<>();
    private final Set<String> openRecordings = new LinkedHashSet<>();
    private final Set<String> stoppedRecordings = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final ArrayDeque<MediaReport> unacknowledged = new ArrayDeque<>();
    private long lastOrder;
    private long lastEvent;

    CallLedger(String serverCallId, GatewayRef gateway) {
        this.serverCallId = serverCallId;
        this.gateway = gateway;
    }

    void order(long sequence, @Nullable String legId, @Nullable String recordingId) {
        lastOrder = Math.max(lastOrder, sequence);
        if (legId != null) {
            openLegs.add(legId);
        }
        if (recordingId != null) {
            openRecordings.add(recordingId);
        }
    }

    /** The leg or recording itself, or null if its end was told and nothing is owed to it any more. */
    @Nullable
    String owed(@Nullable String id) {
        return id == null || told.contains(id) ? null : id;
    }

    void event(MediaReport report) {
        lastEvent = report.number();
        unacknowledged.add(report);
        if (report.event() instanceof MediaEvent.CallOffered offered) {
            openLegs.add(offered.callerLeg());
            if (offered.calleeLeg() != null) {
                openLegs.add(offered.calleeLeg());
            }
        } else if (report.event() instanceof MediaEvent.LegEnded ended) {
            openLegs.remove(ended.participantId());
            told.add(ended.participantId());
        } else if (report.event() instanceof RecordingChanged changed && changed.change() == Change.STOP) {
            stoppedRecordings.add(changed.recordingId());
        } else if (report.event() instanceof MediaEvent.RecordingFile file) {
            openRecordings.remove(file.recordingId());
            told.add(file.recordingId());
        }
    }

    void acknowledge(long upTo) {
        lastEvent = Math.max(lastEvent, upTo);
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().number() <= upTo) {
            unacknowledged.removeFirst();
        }
    }

    /** The entries from which a later life rebuilds this ledger. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.Order(serverCallId, gateway, lastOrder, null, null));
        openLegs.forEach(leg -> entries.add(new Entry.Order(serverCallId, gateway, lastOrder, leg, null)));
        openRecordings.forEach(id -> entries.add(new Entry.Order(serverCallId, gateway, lastOrder, null, id)));
        entries.add(new Entry.Acknowledged(serverCallId, gateway, lastEvent - unacknowledged.size()));
        unacknowledged.forEach(report -> entries.add(new Entry.Event(report)));
        return entries;
    }

    String serverCallId() {
        return serverCallId;
    }

    GatewayRef gateway() {
        return gateway;
    }

    long lastOrder() {
        return lastOrder;
    }

    long nextEvent() {
        return lastEvent + 1;
    }

    List<MediaReport> eventsAfter(long number) {
        return unacknowledged.stream()
                .filter(report -> report.number() > number)
                .toList();
    }

    boolean isSettled() {
        return openLegs.isEmpty() && openRecordings.isEmpty() && unacknowledged.isEmpty();
    }

    Journal.Debt debt() {
        return new Journal.Debt(
                serverCallId,
                gateway,
                List.copyOf(openLegs),
                List.copyOf(openRecordings),
                Set.copyOf(stoppedRecordings));
    }
}
