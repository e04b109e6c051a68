package io.ringback.gateway.journal;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.sip.DialogRecord;
import org.jspecify.annotations.Nullable;

/** One line of the journal; on disk it is JSON, its {@code type} the simple name of the record. */
sealed interface Entry {
    /**
     * An order was taken.
     *
     * @param sequence the highest command sequence taken so far
     * @param legId a leg that is owed an end, if the order began one
     * @param recordingId a recording that is owed a file, if the order began one
     */
    record Order(
            String serverCallId,
            GatewayRef gateway,
            long sequence,
            @Nullable String legId,
            @Nullable String recordingId)
            implements Entry {}

    /** An event was numbered. */
    record Event(MediaReport report) implements Entry {}

    /** The call item shows every event up to this number as applied. */
    record Acknowledged(String serverCallId, GatewayRef gateway, long upTo) implements Entry {}

    /** The call is over and told. */
    record Forgotten(String serverCallId) implements Entry {}

    /** A dialog as it is now. */
    record Dialog(DialogRecord dialog) implements Entry {}

    /** A dialog is over. */
    record DialogEnded(String legId) implements Entry {}
}
