package io.ringback.gateway.journal;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.sip.DialogJournal;
import io.ringback.gateway.sip.DialogRecord;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's memory on disk (telephony §2, §3). Everything appended survives SIGKILL; a dialog is forced to the disk
 * itself before {@link #record} returns, so that no INVITE leaves that a later life does not know of.
 *
 * <p>Thread-safe. A failure to write is thrown as {@link UncheckedIOException}: a gateway that cannot remember must not
 * dial.
 */
public final class Journal implements DialogJournal, AutoCloseable {
    /** A file longer than this is rewritten with what still counts, if that is less than half. */
    static final long COMPACT_ABOVE_BYTES = 32L << 20;

    private static final ObjectWriter ENTRIES = Json.mapper().writerFor(Entry.class);
    private static final String NAME = "gateway.journal";

    private final Path folder;
    private final Map<String, CallLedger> calls = new LinkedHashMap<>();
    private final Map<String, DialogRecord> dialogs = new LinkedHashMap<>();
    private RecordFile file;
    private boolean closed;
    private volatile boolean writable = true;
    private long compactAbove;

    /**
     * What the gateway still owes to a call: an end for each leg, a file for each recording.
     *
     * @param stoppedRecordings those whose stop is among the events that the journal still holds
     */
    public record Debt(
            String serverCallId,
            GatewayRef gateway,
            List<String> openLegs,
            List<String> openRecordings,
            Set<String> stoppedRecordings) {}

    /** Reads what earlier lives left in the folder and rewrites it without what no longer counts. */
    public static Journal open(Path folder) throws IOException {
        return open(folder, COMPACT_ABOVE_BYTES);
    }

    static Journal open(Path folder, long compactAbove) throws IOException {
        return new Journal(Files.createDirectories(folder), compactAbove);
    }

    private Journal(Path folder, long compactAbove) throws IOException {
        this.folder = folder;
        this.compactAbove = compactAbove;
        this.file = RecordFile.open(folder.resolve(NAME), payload -> replay(decode(payload)));
        this.file = compacted();
    }

    /**
     * Notes that an order was taken.
     *
     * @param legId a leg that the order begins; {@code recordingId} likewise
     * @return false when this or a later order of the call was taken before
     */
    public synchronized boolean order(
            String serverCallId,
            GatewayRef gateway,
            long sequence,
            @Nullable String legId,
            @Nullable String recordingId) {
        CallLedger call = calls.get(serverCallId);
        if (call != null && sequence <= call.lastOrder()) {
            return false;
        }
        String leg = call == null ? legId : call.owed(legId);
        String recording = call == null ? recordingId : call.owed(recordingId);
        append(new Entry.Order(serverCallId, gateway, sequence, leg, recording));
        return true;
    }

    /** Numbers an event and keeps it until it is acknowledged. */
    public synchronized MediaReport report(String serverCallId, GatewayRef gateway, Instant at, MediaEvent event) {
        CallLedger call = calls.get(serverCallId);
        GatewayRef pinned = call == null ? gateway : call.gateway();
        long number = call == null ? 1 : call.nextEvent();
        MediaReport report = new MediaReport(serverCallId, pinned, number, at, event);
        append(new Entry.Event(report));
        return report;
    }

    /** The call item shows the events up to this number as applied. */
    public synchronized void acknowledge(String serverCallId, long upTo) {
        CallLedger call = calls.get(serverCallId);
        if (call != null && !call.eventsAfter(0).isEmpty()) {
            append(new Entry.Acknowledged(serverCallId, call.gateway(), Math.min(upTo, call.nextEvent() - 1)));
        }
    }

    /** Drops the call, if nothing is owed to it any more. */
    public synchronized boolean forgetIfSettled(String serverCallId) {
        CallLedger call = calls.get(serverCallId);
        if (call == null || !call.isSettled()) {
            return false;
        }
        append(new Entry.Forgotten(serverCallId));
        return true;
    }

    /** Drops the call whatever is owed to it: nobody knows it any more. */
    public synchronized void abandon(String serverCallId) {
        append(new Entry.Forgotten(serverCallId));
    }

    /** Events that are not acknowledged, with a greater number than this one, ascending. */
    public synchronized List<MediaReport> eventsAfter(String serverCallId, long number) {
        CallLedger call = calls.get(serverCallId);
        return call == null ? List.of() : call.eventsAfter(number);
    }

    /** Highest order taken and highest event number given, if the call is known. */
    public synchronized Optional<Numbers> numbers(String serverCallId) {
        return Optional.ofNullable(calls.get(serverCallId))
                .map(call -> new Numbers(call.lastOrder(), call.nextEvent() - 1));
    }

    /** The last numbers of a call, 0 before the first. */
    public record Numbers(long lastOrder, long lastEvent) {}

    /**
     * How much is remembered, by name: {@code journalBytes} (of the file, which is rewritten now and then), {@code
     * journalCalls}, {@code journalDialogs}, {@code journalEvents} (that the call items do not show as applied yet).
     */
    public synchronized Map<String, Long> gauges() {
        return Map.of(
                "journalBytes",
                file.size(),
                "journalCalls",
                (long) calls.size(),
                "journalDialogs",
                (long) dialogs.size(),
                "journalEvents",
                calls.values().stream()
                        .mapToLong(call -> call.eventsAfter(0).size())
                        .sum());
    }

    /** Every call that is not forgotten, with what is owed to it. */
    public synchronized List<Debt> debts() {
        return calls.values().stream().map(CallLedger::debt).toList();
    }

    /** Every dialog that is not over. */
    public synchronized List<DialogRecord> dialogs() {
        return List.copyOf(dialogs.values());
    }

    /** False once something could not be written: then nothing may be promised any more. */
    public boolean isWritable() {
        return writable;
    }

    @Override
    public synchronized void record(DialogRecord dialog) {
        append(new Entry.Dialog(dialog));
        force();
    }

    /** After the end a leg is forgotten no more; the next life then ends it once again, which harms nobody. */
    @Override
    public synchronized void forget(String legId) {
        if (!closed && dialogs.containsKey(legId)) {
            append(new Entry.DialogEnded(legId));
        }
    }

    /** Returns when everything appended so far is on the disk itself. */
    public synchronized void force() {
        try {
            file.force();
        } catch (IOException e) {
            throw broken("forced to disk", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            file.force();
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal in " + folder + " cannot be closed", e);
        }
    }

    private void append(Entry entry) {
        try {
            file.append(encode(entry));
            replay(entry);
            if (file.size() > compactAbove) {
                file = compacted();
                compactAbove = Math.max(compactAbove, 2 * file.size());
            }
        } catch (IOException e) {
            throw broken("written", e);
        }
    }

    private UncheckedIOException broken(String what, IOException cause) {
        writable = false;
        return new UncheckedIOException("the journal in " + folder + " cannot be " + what, cause);
    }

    private void replay(Entry entry) {
        if (entry instanceof Entry.Order order) {
            ledger(order.serverCallId(), order.gateway()).order(order.sequence(), order.legId(), order.recordingId());
        } else if (entry instanceof Entry.Event event) {
            ledger(event.report().serverCallId(), event.report().gateway()).event(event.report());
        } else if (entry instanceof Entry.Acknowledged ack) {
            ledger(ack.serverCallId(), ack.gateway()).acknowledge(ack.upTo());
        } else if (entry instanceof Entry.Forgotten forgotten) {
            calls.remove(forgotten.serverCallId());
        } else if (entry instanceof Entry.Dialog dialog) {
            dialogs.put(dialog.dialog().legId(), dialog.dialog());
        } else if (entry instanceof Entry.DialogEnded ended) {
            dialogs.remove(ended.legId());
        }
    }

    private CallLedger ledger(String serverCallId, GatewayRef gateway) {
        return calls.computeIfAbsent(serverCallId, id -> new CallLedger(id, gateway));
    }

    /** Writes what still counts to a new file and puts it in the old one's place in one step. */
    private RecordFile compacted() throws IOException {
        Path fresh = folder.resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        RecordFile written = RecordFile.open(fresh, payload -> {});
        List<Entry> entries = new ArrayList<>();
        calls.values().forEach(call -> entries.addAll(call.entries()));
        dialogs.values().forEach(dialog -> entries.add(new Entry.Dialog(dialog)));
        for (Entry entry : entries) {
            written.append(encode(entry));
        }
        written.force();
        Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceNames();
        file.close();
        return written;
    }

    /** Else the machine's death could bring the old file back, without what was forced into the new one since. */
    private void forceNames() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static byte[] encode(Entry entry) throws IOException {
        return ENTRIES.writeValueAsBytes(entry);
    }

    private static Entry decode(byte[] payload) {
        try {
            return Json.mapper().readValue(payload, Entry.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a journal entry of another version", e);
        }
    }
}
