package io.ringback.aws.contract;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Incoming;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Pause;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.Cause;
import io.ringback.core.port.Gateways.Gateway;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls and effects to store. */
public final class CallSamples {
    public static final GatewayRef GATEWAY = new GatewayRef("gw-1", "01JEPOCH0000000000000000B2");
    public static final Callback CALLBACK =
            new Callback(URI.create("https://app.example/callbacks?key=1"), "2021-06-15-preview");
    public static final Callback OTHER_CALLBACK =
            new Callback(URI.create("https://other.example/recordings"), "2021-06-15-preview");
    public static final Target CALLBACKS = Target.ofCallback(CALLBACK.uri());
    public static final Target OTHER_CALLBACKS = Target.ofCallback(OTHER_CALLBACK.uri());

    private CallSamples() {}

    /** A call of version 0 in which nothing optional is set. */
    public static ServerCall fresh(String serverCallId, Instant now) {
        return new ServerCall(
                serverCallId,
                0,
                CallState.ESTABLISHING,
                GATEWAY,
                new Origin(Origin.Kind.OUTBOUND, Identifier.ofPhoneNumber("+15555550199"), List.of()),
                null,
                List.of(),
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
    }

    /** A call of version 0 that has one of everything, with nothing left out; it is not over. */
    public static ServerCall rich(String serverCallId, Instant now) {
        ResultInfo result = ResultInfo.of(EndReason.BUSY, 486, "the phone was busy");
        Identifier alice = Identifier.ofPhoneNumber("+15555550100");
        Identifier bob = new Identifier("8:acs:ringback_bob");
        Connection connection = new Connection(
                serverCallId + "conn00000001",
                CALLBACK,
                bob,
                List.of(alice),
                "+15555550199",
                "a reminder",
                Set.of(RequestedEvent.DTMF_RECEIVED, RequestedEvent.PARTICIPANTS_UPDATED),
                "context",
                CallState.ESTABLISHED,
                now,
                now.plusMillis(1),
                now.plusNanos(123_456_789),
                result);
        Participant participant = new Participant(
                "participant-1",
                alice,
                Participant.State.LEFT,
                true,
                true,
                Set.of(Participant.HeldBy.APPLICATION, Participant.HeldBy.PARTICIPANT),
                new PromptSource.File(URI.create("https://app.example/music.wav"), "music"),
                new Participant.Invitation(connection.callConnectionId(), OTHER_CALLBACK, "invitation"),
                7,
                now,
                now.plusSeconds(1),
                now.plusSeconds(2),
                result);
        Participant ringing = Participant.ringing("participant-2", bob, null, now);
        Participant held = ringing.with()
                .participantId("participant-4")
                .holdMusic(new PromptSource.Text("please wait", "kevin16"))
                .build();
        Operation play = new Operation(
                "operation-1",
                Operation.Kind.PLAY,
                Operation.Status.RUNNING,
                connection.callConnectionId(),
                CALLBACK,
                "play",
                "participant-2",
                "participant-3",
                now.plusSeconds(3));
        Operation cancel = new Operation(
                "operation-2",
                Operation.Kind.CANCEL,
                Operation.Status.NOT_STARTED,
                null,
                CALLBACK,
                null,
                null,
                null,
                now);
        Recording recording = new Recording(
                serverCallId + "reco00000001",
                OTHER_CALLBACK,
                Recording.Channels.MIXED,
                Recording.Format.WAV,
                Recording.Status.PAUSED,
                now,
                now.plusSeconds(1),
                4321,
                List.of(new Pause(now.plusSeconds(2), now.plusSeconds(3)), new Pause(now.plusSeconds(4), null)),
                "recordings/one.wav",
                68_000,
                result);
        return new ServerCall(
                serverCallId,
                0,
                CallState.ESTABLISHED,
                GATEWAY,
                new Origin(Origin.Kind.INCOMING, alice, List.of(bob)),
                new Incoming("participant-1", "Alice", now.plusSeconds(60), Incoming.Decided.ANSWERED),
                List.of(new Subscriber(
                        "subscription-1",
                        OTHER_CALLBACK,
                        Set.of(Announcement.INCOMING_CALL, Announcement.CALL_PARTICIPANT_REMOVED))),
                List.of(connection),
                List.of(participant, ringing, held),
                List.of(play, cancel),
                List.of(recording),
                Map.of(),
                42,
                now,
                now.plusSeconds(1),
                null,
                result);
    }

    public static ServerCall withVersion(ServerCall call, long version) {
        return call.withVersion(version);
    }

    /** The same call in this state, over at {@code now} if the state says so. */
    public static ServerCall inState(ServerCall call, CallState state, Instant now) {
        Instant endedAt = state == CallState.TERMINATED ? now : null;
        return call.with().state(state).endedAt(endedAt).build();
    }

    /** The gateway of the calls, with room for so many legs. */
    public static Gateway gateway(int capacity, Instant now) {
        return new Gateway(GATEWAY, URI.create("http://10.0.0.1:8090"), 0, capacity, false, false, now);
    }

    /** The same call at another life of a gateway. */
    public static ServerCall on(GatewayRef gateway, ServerCall call) {
        return call.withGateway(gateway);
    }

    /** The call after these effects: each stream's next number is known. */
    public static ServerCall after(ServerCall call, List<Effect> effects) {
        Map<String, Long> next = new HashMap<>(call.nextSequence());
        effects.forEach(effect -> next.put(effect.target().key(), effect.sequence() + 1));
        return call.withNextSequence(next);
    }

    /** The commit of these effects of a call, which counts them. */
    public static Commit commit(ServerCall call, List<Effect> effects, Instant at) {
        return new Commit(after(call, effects), effects, causes(at), at);
    }

    public static Effect event(Callback callback, long sequence, Instant at) {
        return new Effect.Notify(
                sequence,
                "event-" + sequence,
                callback,
                null,
                at,
                new CallEvent.ConnectionStateChanged(CallState.ESTABLISHED, null, null));
    }

    public static Effect command(long sequence, Instant at) {
        return new Effect.Command(
                sequence,
                new MediaCommand.DialLeg(
                        "participant-" + sequence,
                        Identifier.ofPhoneNumber("+15555550101"),
                        null,
                        Duration.ofSeconds(60),
                        null,
                        at.plusSeconds(60)));
    }

    /** A request that might have led to it. */
    public static List<Cause> causes(Instant at) {
        return List.of(new Cause(Cause.Kind.REQUEST, "Test", at, Map.of("target", "4:+15555550101")));
    }
}
