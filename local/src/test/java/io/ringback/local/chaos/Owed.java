package io.ringback.local.chaos;

import java.util.function.Predicate;

/**
 * What a receiver has to be told, once.
 *
 * @param what for people
 * @param event whether this is it
 */
record Owed(String what, Predicate<Arrival> event) {
    /** The last word to a connection. */
    static Owed terminated(String callConnectionId) {
        return new Owed(
                "terminated of connection " + callConnectionId,
                arrival -> isLast(arrival) && arrival.text("callConnectionId").equals(callConnectionId));
    }

    /** The result of an operation, whatever its kind. */
    static Owed result(String operationId) {
        return new Owed(
                "the result of operation " + operationId,
                arrival -> arrival.text("operationId").equals(operationId));
    }

    static Owed invitation(String participantId) {
        return new Owed(
                "the result of inviting " + participantId,
                arrival -> arrival.type().equals("InviteParticipantResult")
                        && arrival.text("participantId").equals(participantId));
    }

    static Owed recordingFile(String recordingId) {
        return new Owed(
                "the file of recording " + recordingId,
                arrival -> arrival.type().equals("RecordingFileStatusUpdated")
                        && arrival.text("recordingId").equals(recordingId));
    }

    static Owed callEnded(String serverCallId) {
        return new Owed(
                "the end of call " + serverCallId,
                arrival -> arrival.type().equals("CallEnded")
                        && arrival.text("serverCallId").equals(serverCallId));
    }

    static boolean isLast(Arrival arrival) {
        return arrival.type().equals("CallConnectionStateChanged")
                && arrival.text("callConnectionState").equals("terminated");
    }
}
