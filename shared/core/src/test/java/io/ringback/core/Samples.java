package io.ringback.core;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Commands and values that many tests of the domain begin with. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final GatewayRef GATEWAY = new GatewayRef("gateway-1", "01JD0000000000000000000000");
    public static final Callback CALLBACK =
            new Callback(URI.create("https://app.example/events?k=1"), "2021-06-15-preview");
    public static final Callback RECORDINGS =
            new Callback(URI.create("https://app.example/recordings"), "2021-06-15-preview");

    public static final Identifier CALLER = Identifier.ofPhoneNumber("+15555550150");
    public static final Identifier CALLED = Identifier.ofPhoneNumber("+15555550199");
    public static final Callback OUTSIDE =
            new Callback(URI.create("https://desk.example/events"), "2021-06-15-preview");

    public static final Set<RequestedEvent> EVERY_EVENT = Set.copyOf(EnumSet.allOf(RequestedEvent.class));

    private Samples() {}

    /** A subscription that wants these announcements at an endpoint of its own. */
    public static Subscriber subscriber(String id, Announcement... announcements) {
        return new Subscriber(
                id,
                new Callback(URI.create("https://subscriber.example/" + id), CALLBACK.apiVersion()),
                Set.of(announcements));
    }

    /** A caller about whom an application decides within a minute of {@link #NOW}. */
    public static MediaEvent.CallOffered incoming() {
        return new MediaEvent.CallOffered(
                Origin.Kind.INCOMING, CALLER, "Caller", CALLED, "caller", null, NOW.plusSeconds(60));
    }

    /** A caller whom the gateway connects to the callee by itself. */
    public static MediaEvent.CallOffered peer() {
        return new MediaEvent.CallOffered(
                Origin.Kind.PEER, CALLER, null, CALLED, "caller", "callee", NOW.plusSeconds(60));
    }

    /** A call to this many phones, asking for every event. */
    public static CallCommand.CreateCall createCall(int targets) {
        return new CallCommand.CreateCall(
                GATEWAY,
                List.of(),
                IntStream.range(0, targets)
                        .mapToObj(i -> Identifier.ofPhoneNumber("+1555555" + (1000 + i)))
                        .toList(),
                Identifier.ofPhoneNumber("+15555550199"),
                "+15555550199",
                "+15555550199",
                CALLBACK,
                "a call",
                EVERY_EVENT,
                Duration.ofSeconds(60),
                "context");
    }

    /** An invitation of these; {@code callConnectionId} is null for one from outside, with a callback of its own. */
    public static CallCommand.InviteParticipants invite(
            @Nullable String callConnectionId, @Nullable Callback callback, String... rawIds) {
        return new CallCommand.InviteParticipants(
                callConnectionId,
                Arrays.stream(rawIds).map(Identifier::new).toList(),
                "+15555550199",
                Duration.ofSeconds(30),
                "invite-context",
                callback);
    }

    /** The same call, announced to these. */
    public static CallCommand.CreateCall announcedTo(List<Subscriber> subscribers, CallCommand.CreateCall call) {
        return new CallCommand.CreateCall(
                call.gateway(),
                subscribers,
                call.targets(),
                call.source(),
                call.alternateCallerId(),
                call.callerId(),
                call.callback(),
                call.subject(),
                call.requestedEvents(),
                call.ringTimeout(),
                call.operationContext());
    }

    /** Plays to one participant, or to all from outside. */
    public static CallCommand.Play play(
            @Nullable String callConnectionId, @Nullable String participantId, @Nullable Callback callback) {
        return new CallCommand.Play(
                callConnectionId,
                participantId,
                new PromptSource.Text("hello", null),
                false,
                Set.of(),
                "play-context",
                callback);
    }

    public static CallCommand.SendDtmf sendDtmf(String callConnectionId, String participantId, Tone... tones) {
        return new CallCommand.SendDtmf(callConnectionId, participantId, List.of(tones), "tones-context");
    }

    public static CallCommand.TransferCall transfer(String callConnectionId, @Nullable String transfereeId) {
        return new CallCommand.TransferCall(
                callConnectionId,
                Identifier.ofPhoneNumber("+15555550177"),
                transfereeId,
                "+15555550199",
                Duration.ofSeconds(40),
                "transfer-context");
    }

    public static CallCommand.JoinCall join(Callback callback) {
        return new CallCommand.JoinCall(CALLED, callback, null, EVERY_EVENT, "join-context");
    }

    public static CallCommand.Play play(String callConnectionId) {
        return new CallCommand.Play(
                callConnectionId, null, new PromptSource.Text("hello", null), false, Set.of(), "play-context", null);
    }

    public static <T> List<T> ofType(List<?> values, Class<T> type) {
        return values.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
