package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.PlayStarted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.call.Calls.Acceptance;
import io.ringback.gateway.journal.Journal;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import io.ringback.gateway.recording.RecordingRoom;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.media.AudioFormat;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.gateway.CommandEnvelope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of orders and reports, with the executor of each call run by the test's own thread. */
class CallsTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final String CALL = "call-000000000000001";

    @TempDir
    Path folder;

    private final FakeClock clock = FakeClock.atNoon();
    private final FakeSip sip = new FakeSip();
    private final List<FakeSound> sounds = new ArrayList<>();
    private final Map<PromptSource, CompletableFuture<Fetched>> fetches = new HashMap<>();
    private final InMemoryRecordingFiles stored = new InMemoryRecordingFiles();
    private ScheduledExecutorService timers;
    private Journal journal;
    private RecordingRoom room;
    private Calls calls;
    private long sequence;

    @BeforeEach
    void open() throws IOException {
        timers = Executors.newSingleThreadScheduledExecutor();
        journal = Journal.open(folder.resolve("journal"));
        room = new RecordingRoom(
                folder.resolve("recordings"), stored, AudioFormat.NARROWBAND, 1, Duration.ofMillis(10));
        calls = calls(2, Duration.ofHours(4));
    }

    @AfterEach
    void close() {
        timers.shutdownNow();
        room.close();
        journal.close();
    }

    @Test
    void aLegRingsConnectsAndEndsOnce() {
        dial("p1");
        var leg = sip.leg("p1");
        leg.listener.ringing(180);
        leg.listener.ringing(183);
        leg.listener.connected();
        leg.listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        leg.listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        assertThat(events())
                .containsExactly(
                        new LegRinging("p1", 180),
                        new LegConnected("p1"),
                        new LegEnded("p1", EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE", FakeSound.STATISTICS));
        assertThat(sound().closed).isTrue();
        assertThat(calls.legs()).isZero();
    }

    @Test
    void aLegThatNeverConnectedHasNoStatistics() {
        dial("p1");
        sip.leg("p1").listener.ended(EndReason.BUSY, 486, "Busy Here");
        assertThat(events()).containsExactly(new LegEnded("p1", EndReason.BUSY, 486, "Busy Here", null));
    }

    @Test
    void repeatedAndOvertakenOrdersChangeNothing() {
        assertThat(order(5, dialOrder("p1"))).isEqualTo(Acceptance.ACCEPTED);
        assertThat(order(5, dialOrder("p1"))).isEqualTo(Acceptance.ALREADY_APPLIED);
        assertThat(order(4, dialOrder("p2"))).isEqualTo(Acceptance.ALREADY_APPLIED);
        assertThat(sip.dialled()).containsExactly("p1");
    }

    @Test
    void ordersForAnotherLifeAreRefused() {
        GatewayRef other = new GatewayRef("gw-1", "01J0000000000000000000000X");
        assertThat(calls.order(new CommandEnvelope(CALL, other, 1, dialOrder("p1"))))
                .isEqualTo(Acceptance.EPOCH_MISMATCH);
        assertThat(sip.dialled()).isEmpty();
    }

    @Test
    void endsLegsAndPlaysThatItNeverHeardOf() {
        order(new EndCall(List.of("p1", "p2"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        order(new HangUpLeg("p2", EndReason.HUNG_UP_BY_APPLICATION, soon()));
        order(new CancelMedia("cancel", List.of("play-1"), soon()));
        assertThat(events())
                .containsExactly(
                        neverDialled("p1", EndReason.HUNG_UP_BY_APPLICATION, "ended before it was dialled"),
                        neverDialled("p2", EndReason.HUNG_UP_BY_APPLICATION, "ended before it was dialled"),
                        new PlayEnded("play-1", Outcome.CANCELLED, null, 0, "cancelled"),
                        new MediaCancelled("cancel", List.of("play-1")));
    }

    @Test
    void endCallHangsUpEveryLegAlsoThoseThatItDoesNotName() {
        dial("p1");
        dial("p2");
        order(new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        assertThat(sip.leg("p1").hangUps).containsOnly(EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(sip.leg("p2").hangUps).containsOnly(EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(events()).hasSize(2);
    }

    @Test
    void aDialThatComesTooLateIsNotSent() {
        order(new DialLeg(
                "p1",
                phone(),
                null,
                Duration.ofSeconds(60),
                null,
                clock.instant().minusSeconds(1)));
        assertThat(sip.dialled()).isEmpty();
        assertThat(events())
                .containsExactly(neverDialled("p1", EndReason.UNREACHABLE, "the order to dial came too late"));
    }

    @Test
    void refusesLegsBeyondItsCapacityAndTakesThemAgainWhenSomeEnded() {
        dial("p1");
        dial("p2");
        dial("p3");
        assertThat(events()).extracting(e -> ((LegEnded) e).reason()).containsExactly(EndReason.CAPACITY);
        sip.leg("p1").listener.ended(EndReason.BUSY, 486, "");
        clock.advance(Duration.ofSeconds(1));
        dial("p4");
        assertThat(sip.dialled()).containsExactlyInAnyOrder("p1", "p2", "p4");
    }

    @Test
    void dialsNoMoreThanTheRate() {
        calls = calls(100, Duration.ofHours(4));
        for (int i = 0; i < 12; i++) {
            dial("p" + i);
        }
        assertThat(sip.dialled()).hasSize(10);
        clock.advance(Duration.ofMillis(200));
        dial("p20");
        dial("p21");
        dial("p22");
        assertThat(sip.dialled()).hasSize(12);
    }

    @Test
    void routesByNumberAndRefusesTheRest() {
        order(dialOrder("trunk", new Identifier("4:+4915551234")));
        order(dialOrder("nobody", new Identifier("4:+99")));
        order(dialOrder("host", new Identifier("sip:a@evil.example")));
        order(dialOrder("user", new Identifier("8:acs:x_y")));
        order(new DialLeg("caller", phone(), "+12065550188", Duration.ofSeconds(60), null, soon()));
        assertThat(sip.leg("trunk").order.target()).isEqualTo("+4915551234");
        assertThat(events())
                .extracting(e -> ((LegEnded) e).reason())
                .containsExactly(EndReason.UNREACHABLE, EndReason.POLICY, EndReason.UNREACHABLE, EndReason.POLICY);
    }

    @Test
    void aPlayIsFetchedStartedAndCompletedOnce() {
        connect("p1");
        order(play("play-1", null));
        assertThat(sound().told).contains("play play-1").doesNotContain("ready play-1");
        fetched("play-1");
        sound().listener.playCompleted("play-1");
        sound().listener.playCompleted("play-1");
        assertThat(eventsAfterConnect())
                .containsExactly(
                        new PlayStarted("play-1"), new PlayEnded("play-1", Outcome.COMPLETED, null, 0, "played"));
    }

    @Test
    void aPlayThatCannotBeFetchedFailsWithItsCause() {
        connect("p1");
        order(play("play-1", null));
        fetch("play-1").complete(new Fetched.Refused(8536, "http://x: 404"));
        assertThat(eventsAfterConnect())
                .containsExactly(new PlayEnded("play-1", Outcome.FAILED, null, 8536, "http://x: 404"));
        assertThat(sound().told).contains("cancel [play-1]");
    }

    @Test
    void nobodyConnectedMeansNobodyListens() {
        dial("p1");
        order(play("play-1", null));
        order(play("play-2", "p1"));
        assertThat(events())
                .extracting(e -> ((PlayEnded) e).subcode())
                .containsExactly(Plays.NOBODY_LISTENS, Plays.NOBODY_LISTENS);
    }

    @Test
    void cancellingGivesEachOneResultThenTellsOfItself() {
        connect("p1");
        order(play("play-1", null));
        order(play("play-2", null));
        fetched("play-1");
        order(new CancelMedia("cancel", List.of("play-1", "play-2"), soon()));
        sound().listener.playCompleted("play-1");
        fetched("play-2");
        assertThat(eventsAfterConnect())
                .containsExactly(
                        new PlayStarted("play-1"),
                        new PlayEnded("play-1", Outcome.CANCELLED, null, 0, "cancelled"),
                        new PlayEnded("play-2", Outcome.CANCELLED, null, 0, "cancelled"),
                        new MediaCancelled("cancel", List.of("play-1", "play-2")));
        assertThat(fetch("play-2")).isCancelled();
    }

    @Test
    void theLastListenerTakesEveryPlayAlong() {
        connect("p1");
        order(play("play-1", null));
        fetched("play-1");
        sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        List<MediaEvent> events = eventsAfterConnect();
        assertThat(events.get(1))
                .isEqualTo(new PlayEnded(
                        "play-1", Outcome.FAILED, null, Plays.NOBODY_LISTENS, "nobody is left to listen"));
        assertThat(events.get(2)).isInstanceOf(LegEnded.class);
    }

    @Test
    void aPlayToOneEndsWithItsParticipantAndAPlayToAllGoesOn() {
        connect("p1");
        connect("p2");
        order(play("to-one", "p1"));
        order(play("to-all", null));
        sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        assertThat(events())
                .filteredOn(PlayEnded.class::isInstance)
                .extracting(e -> ((PlayEnded) e).operationId())
                .containsExactly("to-one");
    }

    @Test
    void aPressIsToldAndThenThePlayThatItStopped() {
        connect("p1");
        order(play("play-1", null));
        fetched("play-1");
        sound().listener.pressed("p1", Tone.TONE1);
        sound().listener.playStopped("play-1", Tone.TONE1);
        assertThat(eventsAfterConnect())
                .containsExactly(
                        new PlayStarted("play-1"),
                        new TonePressed("p1", Tone.TONE1),
                        new PlayEnded("play-1", Outcome.COMPLETED, Tone.TONE1, 0, "ended by a key press"));
    }

    @Test
    void aRecordingIsStartedPausedResumedStoppedAndStoredOnce() throws IOException {
        connect("p1");
        order(record(Wanted.RECORDING));
        order(record(Wanted.PAUSED));
        order(record(Wanted.PAUSED));
        order(record(Wanted.RECORDING));
        order(record(Wanted.STOPPED));
        order(record(Wanted.STOPPED));
        await(RecordingFile.class);
        assertThat(eventsAfterConnect())
                .filteredOn(RecordingChanged.class::isInstance)
                .extracting(e -> ((RecordingChanged) e).change())
                .containsExactly(
                        RecordingChanged.Change.START,
                        RecordingChanged.Change.PAUSE,
                        RecordingChanged.Change.RESUME,
                        RecordingChanged.Change.STOP);
        RecordingFile file = (RecordingFile) last();
        assertThat(file.available()).isTrue();
        assertThat(file.durationMs()).isEqualTo(20);
        assertThat(file.pauses()).hasSize(1);
        assertThat(stored.size(String.valueOf(file.contentKey()))).contains(file.sizeBytes());
        Awaitility.await().until(() -> isEmpty(folder.resolve("recordings")));
    }

    @Test
    void theEndOfTheLastLegStopsTheRecording() {
        connect("p1");
        order(record(Wanted.RECORDING));
        sip.leg("p1").listener.ended(EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE");
        await(RecordingFile.class);
        assertThat(eventsAfterConnect())
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("RecordingChanged", "LegEnded", "RecordingChanged", "RecordingFile");
    }

    @Test
    void aRecordingWithNobodyThereHasNoFile() {
        dial("p1");
        order(record(Wanted.RECORDING));
        assertThat(((RecordingFile) last()).available()).isFalse();
    }

    @Test
    void aCallThatLastsTooLongIsEnded() {
        calls = calls(2, Duration.ofMillis(50));
        connect("p1");
        Awaitility.await().until(() -> last() instanceof LegEnded);
        assertThat(((LegEnded) last()).reason()).isEqualTo(EndReason.MAX_DURATION);
    }

    @Test
    void aSilentLegIsProbed() {
        connect("p1");
        sound().listener.silent("p1");
        assertThat(sip.leg("p1").probes).hasSize(1);
    }

    @Test
    void aNewLifeHangsEverythingUpUnderTheOldName() {
        connect("p1");
        calls.renew(new GatewayRef("gw-1", "01J00000000000000000000002"));
        assertThat(((LegEnded) last()).reason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(journal.eventsAfter(CALL, 0))
                .extracting(MediaReport::gateway)
                .containsOnly(LIFE);
        assertThat(order(play("play-1", null))).isEqualTo(Acceptance.EPOCH_MISMATCH);
    }

    private Calls calls(int capacity, Duration maxDuration) {
        DialRoutes routes = new DialRoutes(
                List.of(
                        new DialRoutes.Rule(
                                Pattern.compile("\\+1\\d{3}55501\\d\\d"),
                                SipRoute.parse("sip:127.0.0.1:5070").orElseThrow()),
                        new DialRoutes.Rule(
                                Pattern.compile("\\+49\\d+"),
                                SipRoute.parse("sip:127.0.0.1:5080").orElseThrow())),
                Set.of("phones.example"),
                Set.of("+12065550199"));
        return Calls.open(
                LIFE,
                new Calls.Limits(capacity, 10, maxDuration),
                routes,
                new Calls.Services(
                        journal,
                        journal::report,
                        sip,
                        (id, listener) -> {
                            FakeSound sound = new FakeSound(listener);
                            sounds.add(sound);
                            return sound;
                        },
                        source -> fetches.computeIfAbsent(source, key -> new CompletableFuture<>()),
                        room),
                new Calls.Threads(Runnable::run, timers, clock));
    }

    private FakeSound sound() {
        return sounds.get(sounds.size() - 1);
    }

    private Acceptance order(long number, MediaCommand command) {
        return calls.order(new CommandEnvelope(CALL, LIFE, number, command));
    }

    private Acceptance order(MediaCommand command) {
        return order(++sequence, command);
    }

    private void dial(String participantId) {
        order(dialOrder(participantId));
    }

    private void connect(String participantId) {
        dial(participantId);
        sip.leg(participantId).listener.connected();
    }

    private DialLeg dialOrder(String participantId) {
        return dialOrder(participantId, phone());
    }

    private DialLeg dialOrder(String participantId, Identifier target) {
        return new DialLeg(participantId, target, null, Duration.ofSeconds(60), null, soon());
    }

    private Play play(String operationId, @Nullable String participantId) {
        return new Play(operationId, participantId, source(operationId), false, Set.of(Tone.TONE1), soon());
    }

    private static PromptSource source(String operationId) {
        return new PromptSource.File(URI.create("http://prompts.example/" + operationId), null);
    }

    private CompletableFuture<Fetched> fetch(String operationId) {
        return fetches.computeIfAbsent(source(operationId), key -> new CompletableFuture<>());
    }

    private void fetched(String operationId) {
        fetch(operationId).complete(new Fetched.Audio(new short[160]));
    }

    private SetRecording record(Wanted wanted) {
        return new SetRecording("recording-1", wanted, Channels.MIXED, Format.WAV, soon());
    }

    private Instant soon() {
        return clock.instant().plusSeconds(30);
    }

    private static Identifier phone() {
        return Identifier.ofPhoneNumber("+12065550100");
    }

    private static LegEnded neverDialled(String id, EndReason reason, String message) {
        return new LegEnded(id, reason, null, message, null);
    }

    private List<MediaEvent> events() {
        return journal.eventsAfter(CALL, 0).stream().map(MediaReport::event).toList();
    }

    private List<MediaEvent> eventsAfterConnect() {
        return events().stream().filter(e -> !(e instanceof LegConnected)).toList();
    }

    private MediaEvent last() {
        List<MediaEvent> events = events();
        return events.get(events.size() - 1);
    }

    private void await(Class<? extends MediaEvent> type) {
        Awaitility.await().until(() -> events().stream().anyMatch(type::isInstance));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
