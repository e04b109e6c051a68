package io.ringback.core.call;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, from its first INVITE to the end of its last leg.
 *
 * @param version the version that was loaded; 0 for a call that was never stored. A commit raises it by one
 * @param gateway the life of the gateway that owns the legs
 * @param origin who called whom
 * @param incoming what is still, or was, to be decided about a call that came in; null for every other call
 * @param subscribers the event subscriptions that are told of this call, as they were when it began
 * @param operations running media operations only, at most 32, and 8 cancellations beside them
 * @param participants at most 50 live ones and the last 50 who left
 * @param recordings every recording of the call
 * @param nextSequence next sequence number (from 1) of each stream, by {@code Target.key}; the stream of media
 *     commands among them
 * @param lastAppliedEvent number of the last media event that was applied or ignored; 0 before the first
 * @param endReason why the call as a whole ended, known from TERMINATING on
 */
@RecordBuilder
public record ServerCall(
        String serverCallId,
        long version,
        CallState state,
        GatewayRef gateway,
        Origin origin,
        @Nullable Incoming incoming,
        List<Subscriber> subscribers,
        List<Connection> connections,
        List<Participant> participants,
        List<Operation> operations,
        List<Recording> recordings,
        Map<String, Long> nextSequence,
        long lastAppliedEvent,
        Instant startedAt,
        @Nullable Instant establishedAt,
        @Nullable Instant endedAt,
        @Nullable ResultInfo endReason)
        implements ServerCallBuilder.With {

    public ServerCall {
        subscribers = List.copyOf(subscribers);
        connections = List.copyOf(connections);
        participants = List.copyOf(participants);
        operations = List.copyOf(operations);
        recordings = List.copyOf(recordings);
        nextSequence = Map.copyOf(nextSequence);
    }

    /** True when the call is over and the fate of each of its recordings was announced: nothing more will change. */
    public boolean isSettled() {
        return state == CallState.TERMINATED
                && recordings.stream().allMatch(r -> r.status().isFinal());
    }

    /** True while a caller rings about whom an application may still decide. */
    public boolean awaitsDecision() {
        return incoming != null && incoming.awaitsDecision(state, participants);
    }

    /** Participants whose leg rings or is connected: the roster. */
    public List<Participant> liveLegs() {
        return participants.stream().filter(Participant::isLive).toList();
    }

    public Optional<Connection> connection(String callConnectionId) {
        return connections.stream()
                .filter(c -> c.callConnectionId().equals(callConnectionId))
                .findFirst();
    }

    public Optional<Participant> participant(String participantId) {
        return participants.stream()
                .filter(p -> p.participantId().equals(participantId))
                .findFirst();
    }

    public Optional<Operation> operation(String operationId) {
        return operations.stream()
                .filter(o -> o.operationId().equals(operationId))
                .findFirst();
    }

    public Optional<Recording> recording(String recordingId) {
        return recordings.stream()
                .filter(r -> r.recordingId().equals(recordingId))
                .findFirst();
    }
}
