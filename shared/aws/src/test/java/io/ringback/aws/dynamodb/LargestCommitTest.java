package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.SharedAws;
import io.ringback.aws.emulated.TransactionSizes;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.application.CallProcessor.Application;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Reply;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.effect.WireEffectEncoder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The largest that the rules let a commit become, written as it is in earnest. DynamoDB takes items of 400 KB, and
 * transactions of 4 MB and 100 items.
 */
@ExtendWith(SharedAws.class)
class LargestCommitTest {
    private static final int KB = 1024;
    private static final int LARGEST_ROW = 320 * KB;
    private static final int LARGEST_TRANSACTION = 4096 * KB;
    private static final int MOST_ITEMS = 100;

    /** What a member of a request takes at most, in bytes. */
    private static final int RAW_ID = 256;

    private static final int CALLBACK = 1024;
    private static final int ENDPOINT = 512;
    private static final int CONTEXT = 512;
    private static final int SUBJECT = 256;

    /** How many reports of the gateway a commit applies. */
    private static final int REPORTS = 20;

    private static final String MESSAGE = "\u20ac".repeat(120);

    private final FakeClock clock = FakeClock.atNoon();
    private final TransactionSizes sizes = new TransactionSizes();
    private final Gateways gateways;
    private final DynamoCallStore store;
    private final CallProcessor processor;
    private String call = "";

    LargestCommitTest(EmulatedAws aws) {
        String table = aws.createTable();
        gateways = new DynamoGateways(aws.dynamoDb(), table);
        store = new DynamoCallStore(aws.dynamoDb(sizes), table, new WireEffectEncoder(), new RandomIds(), clock);
        processor = new CallProcessor(store, streams -> {}, new RandomIds(), clock, tries -> {});
    }

    @AfterEach
    void everyCommitHadRoom() {
        assertThat(sizes.largestItem()).isLessThan(LARGEST_ROW);
        assertThat(sizes.largestTransaction()).isLessThan(LARGEST_TRANSACTION);
        assertThat(sizes.mostItems()).isLessThanOrEqualTo(MOST_ITEMS);
    }

    /** Everybody is told of everybody, at one address or each at its own. */
    @ParameterizedTest
    @CsvSource({"16, 50, true", "50, 16, false"})
    void aFullCallThatLosesItsGatewayEndsInOneCommit(int subscribers, int legs, boolean oneAddress) {
        create(subscribers, legs, oneAddress);
        connect(0, legs);
        List<String> connections = attach(oneAddress);
        change(new CallCommand.StartRecording(callback(0, oneAddress), Recording.Channels.MIXED, Recording.Format.WAV));
        fill(connections, oneAddress);
        press(legs);
        change(new CallCommand.LoseGateway(CallSamples.GATEWAY));

        assertThat(loaded().state()).isEqualTo(CallState.TERMINATED);
        print(subscribers + " subscriptions, " + legs + " connected, lost");
    }

    @Test
    void aFullCallWhoseInvitationsFailEndsInOneCommit() {
        int legs = 50;
        create(16, 1, true);
        connect(0, 1);
        String connection = loaded().connections().get(0).callConnectionId();
        for (int i = 1; i < legs; i++) {
            decide(new CallCommand.InviteParticipants(
                    connection,
                    List.of(party(i)),
                    "+15555550199",
                    Duration.ofSeconds(60),
                    context(),
                    callback(i, true)));
        }
        fill(List.of(connection), true);
        change(new CallCommand.LoseGateway(CallSamples.GATEWAY));

        assertThat(loaded().state()).isEqualTo(CallState.TERMINATED);
        print("16 subscriptions, " + legs + " ringing, lost");
    }

    @Test
    void partiesThatComeAndGoInOneCommitHaveRoomInIt() {
        create(50, 16, true);
        connect(0, 1);
        attach(true);
        List<Participant> ringing = loaded().participants().subList(1, 1 + REPORTS / 2);
        apply(ringing.stream().flatMap(LargestCommitTest::comesAndGoes).toList());

        assertThat(loaded().liveLegs()).hasSize(16 - ringing.size());
        print("50 subscriptions, " + ringing.size() + " come and go");
    }

    private static Stream<MediaEvent> comesAndGoes(Participant leg) {
        String id = leg.participantId();
        return Stream.of(
                new MediaEvent.LegConnected(id), new MediaEvent.LegEnded(id, EndReason.COMPLETED, 200, MESSAGE, null));
    }

    private void create(int subscribers, int targets, boolean oneAddress) {
        gateways.heartbeat(CallSamples.gateway(1000, clock.instant()));
        Decision decision = processor.create(new CallCommand.CreateCall(
                CallSamples.GATEWAY,
                list(subscribers, i -> subscriber(i, oneAddress)),
                list(targets, LargestCommitTest::party),
                party(99),
                "+15555550199",
                "+15555550199",
                callback(0, oneAddress),
                pad("subject", SUBJECT),
                Set.of(RequestedEvent.values()),
                Duration.ofSeconds(60),
                context()));
        Reply.CallCreated created = (Reply.CallCreated) accepted(decision).reply();
        call = created.serverCallId();
    }

    /** Nine applications more; the answer is every connection. */
    private List<String> attach(boolean oneAddress) {
        for (int i = 1; i < 10; i++) {
            change(new CallCommand.JoinCall(
                    party(100 + i),
                    callback(i, oneAddress),
                    pad("subject", SUBJECT),
                    Set.of(RequestedEvent.values()),
                    context()));
        }
        return loaded().connections().stream().map(Connection::callConnectionId).toList();
    }

    /** Plays with the longest texts until no more are taken. */
    private void fill(List<String> connections, boolean oneAddress) {
        int plays = 0;
        while (decide(new CallCommand.Play(
                        connections.get(plays % connections.size()),
                        null,
                        new PromptSource.Text("a prompt", null),
                        true,
                        Set.of(),
                        context(),
                        callback(20 + plays, oneAddress)))
                instanceof Decision.Accepted) {
            plays++;
        }
        assertThat(plays).isPositive();
    }

    private void connect(int from, int to) {
        List<Participant> legs = loaded().participants();
        for (int i = from; i < to; i += REPORTS) {
            apply(legs.subList(i, Math.min(to, i + REPORTS)).stream()
                    .<MediaEvent>map(leg -> new MediaEvent.LegConnected(leg.participantId()))
                    .toList());
        }
    }

    private void press(int legs) {
        List<Participant> participants = loaded().participants();
        apply(list(
                REPORTS,
                i -> new MediaEvent.TonePressed(participants.get(i % legs).participantId(), Tone.POUND)));
    }

    private void apply(List<MediaEvent> events) {
        long first = loaded().lastAppliedEvent() + 1;
        List<MediaReport> reports = list(
                events.size(),
                i -> new MediaReport(call, CallSamples.GATEWAY, first + i, clock.instant(), events.get(i)));
        assertThat(processor.apply(call, reports)).isInstanceOf(Application.Applied.class);
    }

    private void change(CallCommand command) {
        accepted(decide(command));
    }

    private Decision decide(CallCommand command) {
        return processor.change(call, command);
    }

    private static Decision.Accepted accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return (Decision.Accepted) decision;
    }

    private ServerCall loaded() {
        return store.load(call).orElseThrow();
    }

    private void print(String what) {
        System.out.println(what + ": an item of " + sizes.largestItem() / KB + " KB, a transaction of "
                + sizes.largestTransaction() / KB + " KB and " + sizes.mostItems() + " items");
    }

    private static Subscriber subscriber(int i, boolean oneAddress) {
        String address = oneAddress ? "https://events.example/?" + i : "https://events.example/" + i + "?";
        return new Subscriber(
                pad("subscription-" + i, 20),
                new Callback(URI.create(pad(address, ENDPOINT)), "2021-06-15-preview"),
                Set.of(Announcement.values()));
    }

    /** One address is one stream, whatever its query is. */
    private static Callback callback(int i, boolean oneAddress) {
        String address = oneAddress ? "https://app.example/?" + i : "https://app.example/" + i % 10 + "?";
        return new Callback(URI.create(pad(address, CALLBACK)), "2021-06-15-preview");
    }

    private static Identifier party(int i) {
        return new Identifier(pad("8:acs:ringback_party" + i + "_", RAW_ID));
    }

    /** Each of its bytes has six in JSON. */
    private static String context() {
        return "\u0001".repeat(CONTEXT);
    }

    private static <T> List<T> list(int count, IntFunction<T> element) {
        return IntStream.range(0, count).mapToObj(element).toList();
    }

    private static String pad(String text, int length) {
        return text + "x".repeat(length - text.length());
    }
}
