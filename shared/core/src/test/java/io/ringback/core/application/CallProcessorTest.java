package io.ringback.core.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringback.core.Samples;
import io.ringback.core.TestIds;
import io.ringback.core.application.CallProcessor.Application;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Cause;
import io.ringback.core.port.StreamRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallProcessorTest {
    private final Store store = new Store();
    private final List<StreamRef> poked = new ArrayList<>();
    private final List<Integer> pauses = new ArrayList<>();
    private final CallProcessor processor =
            new CallProcessor(store, poked::addAll, new TestIds(), () -> Samples.NOW, pauses::add);

    @Test
    void commitsThenPokesEachTargetOnce() {
        String id = create();
        assertThat(store.commits).singleElement().satisfies(commit -> {
            assertThat(commit.next().serverCallId()).isEqualTo(id);
            assertThat(commit.causes()).singleElement().satisfies(cause -> {
                assertThat(cause.kind()).isEqualTo(Cause.Kind.REQUEST);
                assertThat(cause.name()).isEqualTo("CreateCall");
                assertThat(cause.at()).isEqualTo(Samples.NOW);
                assertThat(cause.details()).containsEntry("callback", "https://app.example/events");
            });
        });
        assertThat(poked).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void decidesAgainAfterAConflict() {
        String id = create();
        store.conflicts = 4;
        Decision decision = processor.change(id, terminate(id));
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        assertThat(pauses).containsExactly(1, 2, 3, 4);
        assertThat(store.commits).hasSize(2);
    }

    @Test
    void givesUpAfterFiveConflictsWithoutAPoke() {
        String id = create();
        poked.clear();
        store.conflicts = 5;
        assertThat(processor.change(id, terminate(id)))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.TOO_MANY_CHANGES));
        assertThat(poked).isEmpty();
        assertThat(store.commits).hasSize(1);
    }

    @Test
    void whereOnlyThePlacesAreFoughtForTheSameDecisionIsCommittedAgain() {
        store.refusals.addAll(Collections.nCopies(9, CommitResult.CROWDED));

        assertThat(processor.create(Samples.createCall(1))).isInstanceOf(Decision.Accepted.class);
        assertThat(pauses).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(store.commits).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_ROOM", "GATEWAY_LOST"})
    void withoutRoomNothingIsDialledAndNobodyIsPoked(CommitResult result) {
        store.refusals.add(result);

        assertThat(processor.create(Samples.createCall(1)))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.NO_CAPACITY));
        assertThat(pauses).isEmpty();
        assertThat(poked).isEmpty();
    }

    @Test
    void whatHoldsAlreadyIsNotCommitted() {
        String id = create();
        processor.change(id, terminate(id));
        processor.change(id, terminate(id));
        assertThat(store.commits).hasSize(2);
    }

    @Test
    void unknownCallIsNotFound() {
        assertThat(processor.change("call0000000000000009", new CallCommand.LoseGateway(Samples.GATEWAY)))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(processor.apply("call0000000000000009", List.of())).isInstanceOf(Application.UnknownCall.class);
    }

    @Test
    void appliesABatchInOneCommitAndSkipsWhatItHas() {
        String id = create();
        assertThat(processor.apply(id, reports(id, 1, 2))).isEqualTo(new Application.Applied(2));
        assertThat(processor.apply(id, reports(id, 1, 2, 3))).isEqualTo(new Application.Applied(3));
        assertThat(processor.apply(id, reports(id, 1, 2, 3))).isEqualTo(new Application.Applied(3));
        assertThat(store.commits).hasSize(3);
        assertThat(store.commits.get(1).causes())
                .extracting(
                        Cause::kind,
                        Cause::name,
                        Cause::at,
                        cause -> cause.details().get("number"))
                .containsExactly(
                        tuple(Cause.Kind.MEDIA_EVENT, "LegRinging", Samples.NOW, "1"),
                        tuple(Cause.Kind.MEDIA_EVENT, "LegRinging", Samples.NOW, "2"));
    }

    @Test
    void aCallThatNoFunctionPlacedBeginsWithItsOffer() {
        String id = "call0000000000000009";
        List<Subscriber> subscribers = List.of(Samples.subscriber("one", Announcement.INCOMING_CALL));
        List<MediaReport> reports = new ArrayList<>(reports(id, 2, 3));
        reports.add(0, new MediaReport(id, Samples.GATEWAY, 1, Samples.NOW, Samples.incoming()));
        assertThat(processor.apply(id, reports)).isInstanceOf(Application.UnknownCall.class);
        assertThat(processor.begin(id, reports, subscribers)).isEqualTo(new Application.Applied(3));
        assertThat(store.commits).singleElement().satisfies(commit -> {
            assertThat(commit.next().version()).isZero();
            assertThat(commit.next().subscribers()).isEqualTo(subscribers);
            assertThat(commit.causes().stream().map(Cause::name).toList())
                    .containsExactly("CallOffered", "LegRinging", "LegRinging");
        });
    }

    @Test
    void aCallThatSomebodyElseBeganIsAppliedTo() {
        String id = create();
        List<MediaReport> reports = new ArrayList<>(reports(id, 2));
        reports.add(0, new MediaReport(id, Samples.GATEWAY, 1, Samples.NOW, Samples.incoming()));
        store.conflicts = 1;
        assertThat(processor.begin(id, reports, List.of())).isEqualTo(new Application.Applied(2));
        assertThat(store.load(id).orElseThrow().connections()).hasSize(1);
    }

    @Test
    void aBeginningThatWasNotWrittenIsTriedLater() {
        String id = "call0000000000000009";
        store.conflicts = 1;
        MediaReport offer = new MediaReport(id, Samples.GATEWAY, 1, Samples.NOW, Samples.incoming());
        assertThat(processor.begin(id, List.of(offer), List.of())).isInstanceOf(Application.Conflict.class);
        assertThat(store.commits).isEmpty();
    }

    @Test
    void stopsBeforeAGap() {
        String id = create();
        assertThat(processor.apply(id, reports(id, 1, 3))).isEqualTo(new Application.Gap(1));
        assertThat(store.load(id).orElseThrow().lastAppliedEvent()).isEqualTo(1);
    }

    @Test
    void anotherGatewaysEventsAreNotThisCalls() {
        String id = create();
        MediaReport foreign = new MediaReport(
                id, new GatewayRef("gateway-1", "another epoch"), 1, Samples.NOW, new LegRinging("x", 180));
        assertThat(processor.apply(id, List.of(foreign))).isEqualTo(new Application.Applied(0));
        assertThat(store.commits).hasSize(1);
    }

    private String create() {
        Decision.Accepted accepted = (Decision.Accepted) processor.create(Samples.createCall(1));
        return ((Reply.CallCreated) accepted.reply()).serverCallId();
    }

    private CallCommand terminate(String id) {
        return new CallCommand.Terminate(
                store.load(id).orElseThrow().connections().get(0).callConnectionId());
    }

    private static List<MediaReport> reports(String id, long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(n -> new MediaReport(id, Samples.GATEWAY, n, Samples.NOW, new LegRinging("leg", 180)))
                .toList();
    }

    /** Keeps calls in memory and refuses as many commits as it is told to. */
    private static final class Store implements CallStore {
        private final Map<String, ServerCall> calls = new HashMap<>();
        private final List<Commit> commits = new ArrayList<>();
        private int conflicts;
        /** What the next commits come to, instead of being stored. */
        private final Queue<CommitResult> refusals = new ArrayDeque<>();

        @Override
        public Optional<ServerCall> load(String serverCallId) {
            return Optional.ofNullable(calls.get(serverCallId));
        }

        @Override
        public CommitResult commit(Commit commit) {
            if (conflicts > 0) {
                conflicts--;
                return CommitResult.OVERTAKEN;
            }
            if (!refusals.isEmpty()) {
                return refusals.remove();
            }
            commits.add(commit);
            calls.put(commit.next().serverCallId(), commit.next());
            return CommitResult.STORED;
        }
    }
}
