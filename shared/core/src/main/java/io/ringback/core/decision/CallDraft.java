package io.ringback.core.decision;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Incoming;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call in the making: what one decision changes, and the effects in the order in which they were asked for. It lives
 * inside one decision only.
 */
final class CallDraft {
    private final String serverCallId;
    private final long version;
    private final GatewayRef gateway;
    private final Origin origin;
    private final List<Subscriber> subscribers;
    private final Instant startedAt;
    private final Instant now;
    private final Ids ids;
    private final List<Connection> connections;
    private final List<Participant> participants;
    private final List<Operation> operations;
    private final List<Recording> recordings;
    private final EffectLog effects;
    private CallState state;
    private long lastAppliedEvent;
    private @Nullable Instant establishedAt;
    private @Nullable Instant endedAt;
    private @Nullable ResultInfo endReason;
    private @Nullable Incoming incoming;
    private boolean rosterChanged;

    private CallDraft(ServerCall call, Instant now, Ids ids) {
        this.serverCallId = call.serverCallId();
        this.version = call.version();
        this.gateway = call.gateway();
        this.origin = call.origin();
        this.incoming = call.incoming();
        this.subscribers = call.subscribers();
        this.startedAt = call.startedAt();
        this.now = now;
        this.ids = ids;
        this.connections = new ArrayList<>(call.connections());
        this.participants = new ArrayList<>(call.participants());
        this.operations = new ArrayList<>(call.operations());
        this.recordings = new ArrayList<>(call.recordings());
        this.effects = new EffectLog(call.nextSequence(), now, ids);
        this.state = call.state();
        this.lastAppliedEvent = call.lastAppliedEvent();
        this.establishedAt = call.establishedAt();
        this.endedAt = call.endedAt();
        this.endReason = call.endReason();
    }

    static CallDraft of(ServerCall call, Instant now, Ids ids) {
        return new CallDraft(call, now, ids);
    }

    /** A call that does not exist yet. */
    static CallDraft fresh(
            String serverCallId,
            GatewayRef gateway,
            Origin origin,
            @Nullable Incoming incoming,
            List<Subscriber> subscribers,
            Instant now,
            Ids ids) {
        ServerCall call = new ServerCall(
                serverCallId,
                0,
                CallState.ESTABLISHING,
                gateway,
                origin,
                incoming,
                subscribers,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                now,
                null,
                null,
                null);
        return new CallDraft(call, now, ids);
    }

    String serverCallId() {
        return serverCallId;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant now() {
        return now;
    }

    Ids ids() {
        return ids;
    }

    CallState state() {
        return state;
    }

    /** Why the call ends, from TERMINATING on. */
    Optional<ResultInfo> endReason() {
        return Optional.ofNullable(endReason);
    }

    Origin origin() {
        return origin;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    Optional<Incoming> incoming() {
        return Optional.ofNullable(incoming);
    }

    void decide(Incoming decided) {
        incoming = decided;
    }

    List<Connection> connections() {
        return List.copyOf(connections);
    }

    List<Connection> openConnections() {
        return connections.stream().filter(c -> c.state().isOpen()).toList();
    }

    List<Participant> participants() {
        return List.copyOf(participants);
    }

    List<Participant> liveLegs() {
        return participants.stream().filter(Participant::isLive).toList();
    }

    /** How many legs may live at a time. */
    int mostLegs() {
        return Limits.liveParticipants(subscribers.size());
    }

    /** True if the call has no room for so many more legs. */
    boolean wouldExceedLegs(int more) {
        return liveLegs().size() + more > mostLegs();
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    List<Recording> recordings() {
        return List.copyOf(recordings);
    }

    Optional<Connection> connection(String callConnectionId) {
        return find(connections, c -> c.callConnectionId().equals(callConnectionId));
    }

    Optional<Participant> participant(String participantId) {
        return find(participants, p -> p.participantId().equals(participantId));
    }

    Optional<Operation> operation(String operationId) {
        return find(operations, o -> o.operationId().equals(operationId));
    }

    Optional<Recording> recording(String recordingId) {
        return find(recordings, r -> r.recordingId().equals(recordingId));
    }

    void add(Connection connection) {
        connections.add(connection);
    }

    void add(Participant participant) {
        participants.add(participant);
        rosterChanged = true;
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    void add(Recording recording) {
        recordings.add(recording);
    }

    void remove(Operation operation) {
        operations.removeIf(o -> o.operationId().equals(operation.operationId()));
    }

    void replace(Connection connection) {
        connections.replaceAll(same(c -> c.callConnectionId().equals(connection.callConnectionId()), connection));
    }

    /** Puts the participant's new state in place of its old one; a change of the roster. */
    void replace(Participant participant) {
        rosterChanged = true;
        replaceQuietly(participant);
    }

    /** As {@link #replace(Participant)} for what the roster does not show. */
    void replaceQuietly(Participant participant) {
        participants.replaceAll(same(p -> p.participantId().equals(participant.participantId()), participant));
    }

    void replace(Operation operation) {
        operations.replaceAll(same(o -> o.operationId().equals(operation.operationId()), operation));
    }

    void replace(Recording recording) {
        recordings.replaceAll(same(r -> r.recordingId().equals(recording.recordingId()), recording));
    }

    void establish() {
        state = CallState.ESTABLISHED;
        establishedAt = now;
    }

    void beginTransfer() {
        state = CallState.TRANSFERRING;
    }

    void endTransfer() {
        state = CallState.ESTABLISHED;
    }

    void beginEnd(ResultInfo reason) {
        state = CallState.TERMINATING;
        endReason = reason;
    }

    void completeEnd() {
        state = CallState.TERMINATED;
        endedAt = now;
    }

    void applied(long number) {
        lastAppliedEvent = number;
    }

    /** Orders something from the gateway. */
    void order(MediaCommand command) {
        effects.order(command);
    }

    /** When an order given now is no longer worth carrying out. */
    Instant orderDeadline() {
        return now.plus(Limits.ORDER_LIFETIME);
    }

    /** Tells a connection's application. */
    void tell(Connection connection, CallEvent event) {
        tell(connection.callback(), connection.callConnectionId(), event);
    }

    /** Tells a callback URI; {@code callConnectionId} is null for an event of the server call. */
    void tell(Callback callback, @Nullable String callConnectionId, CallEvent event) {
        effects.tell(callback, callConnectionId, event);
    }

    /**
     * True if the call has no room for one more delivery stream and this callback would need one. Streams in which
     * something is owed count like those in which something was told.
     */
    boolean wouldExceedStreams(Callback callback) {
        Stream<Callback> owed = Stream.of(
                        subscribers.stream().map(Subscriber::callback),
                        operations.stream().map(Operation::callback),
                        recordings.stream().map(Recording::callback),
                        participants.stream()
                                .map(Participant::invitation)
                                .flatMap(Stream::ofNullable)
                                .map(Participant.Invitation::callback)
                                .flatMap(Stream::ofNullable))
                .flatMap(callbacks -> callbacks);
        return !effects.hasRoomFor(callback, owed);
    }

    /** Tells of the roster now, if it changed: one event for all changes of a commit. */
    void tellRoster() {
        if (!rosterChanged) {
            return;
        }
        rosterChanged = false;
        CallEvent roster = new CallEvent.ParticipantsUpdated(liveLegs());
        for (Connection connection : openConnections()) {
            if (connection.requestedEvents().contains(RequestedEvent.PARTICIPANTS_UPDATED)) {
                tell(connection, roster);
            }
        }
    }

    Decision.Accepted accept(Reply reply) {
        tellRoster();
        long past = participants.stream().filter(p -> !p.isLive()).count();
        forgetOldest(participants, p -> !p.isLive(), past - Limits.PAST_PARTICIPANTS);
        forgetOldest(connections, c -> c.state() == CallState.TERMINATED, connections.size() - Limits.CONNECTIONS);
        ServerCall next = new ServerCall(
                serverCallId,
                version,
                state,
                gateway,
                origin,
                incoming,
                subscribers,
                connections,
                participants,
                operations,
                recordings,
                effects.nextSequence(),
                lastAppliedEvent,
                startedAt,
                establishedAt,
                endedAt,
                endReason);
        return new Decision.Accepted(next, effects.effects(), reply);
    }

    private static <T> void forgetOldest(List<T> values, Predicate<T> isPast, long count) {
        Iterator<T> oldestFirst = values.iterator();
        for (long left = count; left > 0 && oldestFirst.hasNext(); ) {
            if (isPast.test(oldestFirst.next())) {
                oldestFirst.remove();
                left--;
            }
        }
    }

    private static <T> Optional<T> find(List<T> values, Predicate<T> wanted) {
        return values.stream().filter(wanted).findFirst();
    }

    private static <T> UnaryOperator<T> same(Predicate<T> isSame, T replacement) {
        return value -> isSame.test(value) ? replacement : value;
    }
}
