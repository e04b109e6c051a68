package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.call.Tone;
import io.ringback.core.directory.DialRules;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Ids;
import io.ringback.gateway.call.Calls.Acceptance;
import io.ringback.gateway.journal.Journal;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import io.ringback.gateway.recording.RecordingRoom;
import io.ringback.gateway.sdp.AudioCodec;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.media.AudioFormat;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.gateway.CommandEnvelope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The calls of a gateway without a network: its parts are played by the test, in whose thread every call runs. */
final class CallScene implements AutoCloseable {
    static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    static final String CALL = "call-000000000000001";

    /** With less room on the disk no recording begins; with less than half of it those that are made end. */
    static final long MIN_FREE = 1000;

    static final Identifier OUR_NUMBER = Identifier.ofPhoneNumber("+12065550199");

    final FakeClock clock = FakeClock.atNoon();
    final FakeSip sip = new FakeSip();
    final People people = new People();
    final InMemoryRecordingFiles stored = new InMemoryRecordingFiles();
    final AtomicLong freeBytes = new AtomicLong(MIN_FREE);
    final Journal journal;
    Calls calls;

    /** What waits for the queue; null when the queue takes everything at once. */
    @Nullable
    List<Runnable> unqueued;

    private final List<FakeSound> sounds = new ArrayList<>();
    private final Map<PromptSource, CompletableFuture<Fetched>> fetches = new HashMap<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final RecordingRoom room;
    private final Directory directory;
    private String serverCallId = CALL;
    private int ids;
    private long sequence;

    CallScene(Path folder) throws IOException {
        journal = Journal.open(folder.resolve("journal"));
        room = new RecordingRoom(
                folder.resolve("recordings"),
                freeBytes::get,
                stored,
                AudioFormat.NARROWBAND,
                MIN_FREE,
                Duration.ofMillis(10));
        directory = new Directory(people.ports(), LIFE.gatewayId(), Runnable::run, clock);
        calls = open(new Calls.Limits(room(2), Duration.ofHours(4), Offering.Times.DEFAULT));
    }

    /** Begins again with other limits. */
    void reopen(int capacity, Duration maxDuration) {
        calls = open(new Calls.Limits(room(capacity), maxDuration, Offering.Times.DEFAULT));
    }

    /** Begins again with other limits. */
    void reopen(Capacity capacity) {
        calls = open(new Calls.Limits(capacity, Duration.ofHours(4), Offering.Times.DEFAULT));
    }

    /** Begins again with other limits. */
    void reopen(Offering.Times offers) {
        calls = open(new Calls.Limits(room(4), Duration.ofHours(4), offers));
    }

    private static Capacity room(int legs) {
        return new Capacity(legs, 50, 10, legs, 10);
    }

    private Calls open(Calls.Limits limits) {
        return Calls.open(
                LIFE,
                limits,
                routes(),
                new Calls.Services(
                        journal,
                        this::report,
                        sip,
                        directory,
                        (id, listener) -> {
                            FakeSound sound = new FakeSound(listener);
                            sounds.add(sound);
                            return sound;
                        },
                        source -> fetches.computeIfAbsent(source, key -> new CompletableFuture<>()),
                        room),
                new Calls.Threads(Runnable::run, timers, clock));
    }

    private static DialRoutes routes() {
        return new DialRoutes(
                List.of(
                        new DialRoutes.Rule(
                                Pattern.compile("\\+1\\d{3}55501\\d\\d"),
                                SipRoute.parse("sip:127.0.0.1:5070").orElseThrow()),
                        new DialRoutes.Rule(
                                Pattern.compile("\\+49\\d+"),
                                SipRoute.parse("sip:127.0.0.1:5080").orElseThrow())),
                Set.of("+12065550199"),
                DialRules.parse("+1,+4930,sip:phones.example"));
    }

    private void report(String call, GatewayRef gateway, Instant at, MediaEvent event, Runnable queued) {
        journal.report(call, gateway, at, event);
        if (unqueued == null) {
            queued.run();
        } else {
            unqueued.add(queued);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
        room.close();
        journal.close();
    }

    /** Offers a call; its events are the scene's from here on. */
    FakeOffer offer(Invitation invitation) {
        FakeOffer offer = new FakeOffer(invitation);
        new Arrivals(directory, routes(), calls, new Counted(), () -> true).offered(offer);
        return offer;
    }

    static Invitation fromTrunk(String called) {
        return new Invitation(
                new Invitation.Sender.Trunk("192.0.2.1"), called, "gateway.example", "+12065550123", "Ann", true);
    }

    static Invitation fromUser(String username, String called) {
        return new Invitation(
                new Invitation.Sender.User(Identifier.ofUser(username), username),
                called,
                "gateway.example",
                null,
                "Bob",
                false);
    }

    FakeSound sound() {
        return sounds.get(sounds.size() - 1);
    }

    Acceptance order(long number, MediaCommand command) {
        return calls.order(new CommandEnvelope(serverCallId, LIFE, number, command));
    }

    Acceptance order(MediaCommand command) {
        return order(++sequence, command);
    }

    void dial(String participantId) {
        order(dialOrder(participantId));
    }

    void connect(String participantId) {
        connect(participantId, media(true, true));
    }

    void connect(String participantId, NegotiatedMedia media) {
        dial(participantId);
        sip.leg(participantId).listener.media(media);
        sip.leg(participantId).listener.connected();
    }

    /** What a phone agrees to. {@code takes}: it does not hold us. */
    static NegotiatedMedia media(boolean telephoneEvents, boolean takes) {
        OptionalInt events = telephoneEvents ? OptionalInt.of(101) : OptionalInt.empty();
        InetSocketAddress there = InetSocketAddress.createUnresolved("192.0.2.7", 4000);
        return new NegotiatedMedia(
                there,
                there,
                AudioCodec.PCMU,
                0,
                OptionalInt.of(0),
                OptionalInt.empty(),
                events,
                events,
                false,
                takes,
                true);
    }

    DialLeg dialOrder(String participantId) {
        return dialOrder(participantId, phone());
    }

    DialLeg dialOrder(String participantId, Identifier target) {
        return dialOrder(participantId, target, null);
    }

    DialLeg dialOrder(String participantId, Identifier target, @Nullable Coupling coupling) {
        return new DialLeg(participantId, target, null, Duration.ofSeconds(60), coupling, soon());
    }

    Play play(String operationId, @Nullable String participantId) {
        return new Play(operationId, participantId, source(operationId), false, Set.of(Tone.TONE1), soon());
    }

    static PromptSource source(String name) {
        return new PromptSource.File(URI.create("http://prompts.example/" + name), null);
    }

    CompletableFuture<Fetched> fetch(String name) {
        return fetches.computeIfAbsent(source(name), key -> new CompletableFuture<>());
    }

    void fetched(String name) {
        fetch(name).complete(new Fetched.Audio(new short[160]));
    }

    SetRecording record(Wanted wanted) {
        return new SetRecording("recording-1", wanted, Channels.MIXED, Format.WAV, soon());
    }

    Instant soon() {
        return clock.instant().plusSeconds(30);
    }

    Identifier phone() {
        return Identifier.ofPhoneNumber("+12065550100");
    }

    static LegEnded neverDialled(String id, EndReason reason, String message) {
        return new LegEnded(id, reason, null, message, null);
    }

    List<MediaEvent> events() {
        return journal.eventsAfter(serverCallId, 0).stream()
                .map(MediaReport::event)
                .toList();
    }

    List<MediaEvent> eventsAfterConnect() {
        return events().stream().filter(e -> !(e instanceof LegConnected)).toList();
    }

    /** What was told of the call's recording before its file, in order. */
    List<RecordingChanged.Change> changes() {
        return events().stream()
                .filter(RecordingChanged.class::isInstance)
                .map(event -> ((RecordingChanged) event).change())
                .toList();
    }

    MediaEvent last() {
        List<MediaEvent> events = events();
        return events.get(events.size() - 1);
    }

    void await(Class<? extends MediaEvent> type) {
        Awaitility.await().until(() -> events().stream().anyMatch(type::isInstance));
    }

    /** Ids that tests can name: participants {@code caller}, then {@code callee}; the call becomes the scene's. */
    private final class Counted implements Ids {
        private final List<String> participants = new ArrayList<>(List.of("caller", "callee"));

        @Override
        public String newServerCallId() {
            serverCallId = "offered-" + ++ids;
            return serverCallId;
        }

        @Override
        public String newChildId(String parent) {
            throw new UnsupportedOperationException("a gateway makes no connections and no recordings");
        }

        @Override
        public String newId() {
            return participants.remove(0);
        }
    }
}
