package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.ItemSize;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
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
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.EffectEncoder;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How large items become when everything is as long and as many as is accepted. DynamoDB takes 400 KB. */
class LargestCallTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final String CALL = "call0000000000000001";
    private static final int KB = 1024;
    private static final int LARGEST_ITEM = 400 * KB;

    /** What core takes of texts that others give a call; and of eight cancellations the context and the callback URI. */
    private static final int HEAVIEST_TEXTS = 160 * KB + 8 * (512 + 1024);

    private static final int MARGIN = 20 * KB;

    /** As many as a row keeps; a day has 295: seven within four minutes, then one each five minutes. */
    private static final int ATTEMPTS = 600;

    private final FakeClock clock = FakeClock.atNoon();
    private final Instant now = clock.instant();
    private final String table = AWS.createTable();
    private final DynamoStorage storage = new DynamoStorage(AWS.dynamoDb(), table, clock);

    @AfterAll
    static void close() {
        AWS.close();
    }

    @Test
    void aConferenceOfFiftyFitsWithRoomToSpare() {
        long size = size(largest(40, 120, 120, 120));
        System.out.println("a full conference, texts as usual: " + size / KB + " KB");
        assertThat(size).isLessThan(200 * KB);
    }

    /** Texts are refused beyond their bound (core: WeightTest), whatever script they are in; all else is bounded here. */
    @Test
    void theMostOfEverythingFitsBesideTheHeaviestTexts() {
        long bare = size(largest(12, 7, 23, 20));
        System.out.println("a full conference without texts: " + bare / KB + " KB");
        assertThat(bare + HEAVIEST_TEXTS).isLessThan(LARGEST_ITEM - MARGIN);
    }

    /** A receiver that is down for days, and letters sent again: each attempt is answered with as much as is kept. */
    @Test
    void asManyAttemptsAsARowKeepsFitBesideItsEvents() {
        EffectEncoder encoder = (next, effect, at) -> new Outbox.Item(
                effect.sequence(),
                id("event", 1),
                "Microsoft.Communication.InviteParticipantResult",
                CallSamples.CALLBACK.uri(),
                at,
                effect.notAfter(),
                pad("{", 1200));
        DynamoCallStore calls = new DynamoCallStore(AWS.dynamoDb(), table, encoder, new RandomIds(), clock);
        List<Effect> effects = list(100, i -> CallSamples.event(CallSamples.CALLBACK, i + 1L, now));
        ServerCall call = CallSamples.after(CallSamples.fresh(CALL, now), effects);
        assertThat(calls.commit(new Commit(call, effects, CallSamples.causes(now), now)))
                .isEqualTo(CommitResult.STORED);

        StreamRef stream = new StreamRef(CALL, CallSamples.CALLBACKS);
        Outbox.Row row = storage.outbox().read(stream, 1).rows().get(0);
        for (int i = 0; i < ATTEMPTS; i++) {
            Attempt failed = new Attempt(1, now, Outcome.FAILED, 503, "\ufffd".repeat(256));
            row = storage.outbox().postpone(row, failed, now).orElseThrow();
        }
        Map<String, AttributeValue> item = storage.item(OutboxRow.key(stream, 1));
        assertThat(OutboxRow.sent(item, stream.target(), 1, now).get(0).attempts())
                .hasSize(ATTEMPTS);
        long size = ItemSize.of(item);
        System.out.println("a hundred events and six hundred attempts: " + size / KB + " KB");
        assertThat(size).isLessThan(LARGEST_ITEM);
    }

    private long size(ServerCall call) {
        assertThat(storage.calls().commit(new Commit(call, List.of(), CallSamples.causes(now), now)))
                .isEqualTo(CommitResult.STORED);
        return ItemSize.of(storage.item(CallItem.key(CALL)));
    }

    /** Every list as long as core's {@code Limits} allow, every text of these lengths. */
    private ServerCall largest(int identifier, int context, int uri, int file) {
        IntFunction<Identifier> party = i -> new Identifier(pad("sip:party" + i + "@", identifier));
        IntFunction<Callback> callback =
                i -> new Callback(URI.create(pad("https://app.example/" + i + "?", uri)), "2021-06-15-preview");
        ResultInfo result = ResultInfo.of(EndReason.BUSY, 486, "\u20ac".repeat(120));
        // On hold: the music is longer than the invitation that it had while it rang.
        List<Participant> live = list(
                50,
                i -> new Participant(
                        id("live", i),
                        party.apply(i),
                        Participant.State.CONNECTED,
                        true,
                        true,
                        Set.of(Participant.HeldBy.APPLICATION, Participant.HeldBy.PARTICIPANT),
                        new PromptSource.File(URI.create(pad("https://app.example/", file)), null),
                        null,
                        1000,
                        now,
                        now,
                        null,
                        null));
        List<Participant> past = list(
                50,
                i -> new Participant(
                        id("past", i),
                        party.apply(i),
                        Participant.State.FAILED,
                        true,
                        false,
                        Set.of(),
                        null,
                        null,
                        1000,
                        now,
                        now,
                        now,
                        result));
        List<Connection> connections = list(
                10,
                i -> new Connection(
                        CALL + pad("conn" + i, 12),
                        callback.apply(i),
                        party.apply(i),
                        i == 0 ? list(50, party) : List.of(),
                        "+15555550199",
                        pad("subject", 256),
                        Set.of(RequestedEvent.values()),
                        pad("context", context),
                        CallState.ESTABLISHED,
                        now,
                        now,
                        now,
                        result));
        List<Operation> operations = list(
                40,
                i -> new Operation(
                        id("operation", i),
                        Operation.Kind.PLAY,
                        Operation.Status.NOT_STARTED,
                        CALL + pad("conn0", 12),
                        callback.apply(i),
                        pad("context", context),
                        id("live", i),
                        null,
                        now));
        List<Recording> recordings = list(
                16,
                i -> new Recording(
                        CALL + pad("reco" + i, 12),
                        callback.apply(i),
                        Recording.Channels.UNMIXED,
                        Recording.Format.WAV,
                        Recording.Status.AVAILABLE,
                        now,
                        now,
                        1_000_000,
                        list(32, n -> new Pause(now, now)),
                        pad("recordings/", 80),
                        1_000_000,
                        result));
        List<Subscriber> subscribers = list(
                50,
                i -> new Subscriber(
                        id("subscription", i),
                        new Callback(URI.create(pad("https://events.example/" + i + "?", 512)), "2021-06-15-preview"),
                        Set.of(Announcement.values())));
        Map<String, Long> streams = new HashMap<>();
        list(64, i -> Target.ofCallback(callback.apply(i).uri())).forEach(target -> streams.put(target.key(), 10_000L));
        return CallSamples.rich(CALL, now)
                .with()
                .origin(new Origin(Origin.Kind.OUTBOUND, party.apply(0), list(50, party)))
                .subscribers(subscribers)
                .connections(connections)
                .participants(IntStream.range(0, 100)
                        .mapToObj(i -> i < 50 ? past.get(i) : live.get(i - 50))
                        .toList())
                .operations(operations)
                .recordings(recordings)
                .nextSequence(streams)
                .build();
    }

    private static <T> List<T> list(int count, IntFunction<T> element) {
        return IntStream.range(0, count).mapToObj(element).toList();
    }

    private static String id(String kind, int number) {
        return pad(kind + "-" + number, 20);
    }

    private static String pad(String text, int length) {
        return text + "x".repeat(length - text.length());
    }
}
