package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.call.Tone;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReportIntakeTest {
    private static final Turn AGAIN = new Turn.LookAgain(Duration.ofSeconds(1));
    private static final Turn DONE = new Turn.Done();
    private static final String OFFERED = "call-000000000000008";
    private static final Identifier CALLER = new Identifier("8:acs:ringback_alice");
    private static final Identifier CALLED = new Identifier("8:acs:ringback_bob");

    private Scene scene;

    @BeforeEach
    void start() throws IOException {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void aBatchIsAppliedInOrderInOneCommit() {
        int commits = commits();

        assertThat(take(pressed(3), scene.connected(1), pressed(2))).isEqualTo(DONE);
        assertThat(commits()).isEqualTo(commits + 1);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(3);
        assertThat(scene.events())
                .containsExactly(
                        "CallConnectionStateChanged", "CallConnectionStateChanged", "DtmfReceived", "DtmfReceived");
        assertThat(scene.pokes.take()).contains(scene.callbacks());
    }

    @Test
    void whatWasAppliedBeforeChangesNothing() {
        MediaReport first = scene.connected(1);
        take(first);
        int commits = commits();

        assertThat(take(first)).isEqualTo(DONE);
        assertThat(commits()).isEqualTo(commits);
    }

    @Test
    void whatIsMissingIsFetchedFromTheGateway() {
        scene.connected(1);
        pressed(2);
        MediaReport third = pressed(3);

        assertThat(take(third)).isEqualTo(DONE);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(3);
        assertThat(scene.events()).hasSize(4);
    }

    @Test
    void muchThatIsMissingIsFetchedToo() {
        scene.connected(1);
        for (int number = 2; number < 160; number++) {
            pressed(number);
        }

        int before = commits();

        assertThat(take(pressed(160))).isEqualTo(DONE);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(160);
        // Not more than 20 in a commit, so that it fits a transaction (LargestCommitTest).
        assertThat(commits() - before).isGreaterThanOrEqualTo(160 / 20);
        assertThat(scene.call().participants().get(0).dtmfCount()).isEqualTo(159);
    }

    @Test
    void aGapIsNotJumpedWhileTheGatewayCannotBeAsked() {
        scene.connected(1);
        MediaReport second = pressed(2);
        scene.gateway.silent(true);

        assertThat(take(second)).isEqualTo(AGAIN);
        assertThat(scene.call().lastAppliedEvent()).isZero();

        scene.gateway.silent(false);
        assertThat(take(second)).isEqualTo(DONE);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(2);
    }

    @Test
    void aGatewayThatLivesAndHasNotGotItIsNotGivenUp() {
        assertThat(take(unjournaled(2))).isEqualTo(AGAIN);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHING);
    }

    @Test
    void aLaterLifeStillHasTheJournalOfTheEarlierOne() {
        scene.connected(1);
        MediaReport second = pressed(2);
        scene.gateway.restart(FakeGateway.NEXT_LIFE);
        scene.heartbeat();

        assertThat(take(second)).isEqualTo(DONE);
        assertThat(scene.call().lastAppliedEvent()).isEqualTo(2);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void aGapThatALaterLifeCannotFillEndsTheCall() {
        scene.gateway.restart(FakeGateway.NEXT_LIFE);
        scene.heartbeat();

        assertThat(take(unjournaled(2))).isEqualTo(DONE);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.endReason()).isEqualTo(EndReason.GATEWAY_LOST);
    }

    @Test
    void aGapOfAFencedGatewayEndsTheCall() {
        scene.storage.gateways().fence(scene.gateway.row(scene.clock.instant()), scene.clock.instant());
        scene.gateway.silent(true);

        assertThat(take(unjournaled(2))).isEqualTo(DONE);
        assertThat(scene.endReason()).isEqualTo(EndReason.GATEWAY_LOST);
    }

    @Test
    void whatAGatewayReportsThatHasNotGotTheCallIsDroppedAndLogged() {
        MediaReport foreign = new MediaReport(
                scene.serverCallId,
                new GatewayRef("gw-2", FakeGateway.LIFE.epoch()),
                1,
                scene.clock.instant(),
                new MediaEvent.LegConnected(scene.participantId()));

        String log = Logged.by(() -> assertThat(take(foreign)).isEqualTo(DONE));

        assertThat(log).contains("WARN").contains("event 1 is dropped").contains("gw-2");
        assertThat(scene.call().lastAppliedEvent()).isZero();
        assertThat(Logged.by(() -> take(scene.connected(1)))).doesNotContain("dropped");
    }

    @Test
    void aCallThatIsNotThereIsAcknowledged() {
        MediaReport stray = new MediaReport(
                "call-000000000000009", FakeGateway.LIFE, 1, scene.clock.instant(), new MediaEvent.LegConnected("p"));

        assertThat(intake(scene.processor).take(stray.serverCallId(), List.of(stray), Scene.AMPLE))
                .isEqualTo(DONE);
    }

    @Test
    void aCallThatNoFunctionPlacedBeginsWithItsOfferAndTheSubscriptionsOfThatMoment() {
        subscribe("all");
        subscribe("this", CALLED);
        subscribe("other", CALLER);
        MediaReport offer = offered(1);

        assertThat(take(OFFERED, offer)).isEqualTo(DONE);
        ServerCall call = scene.storage.calls().load(OFFERED).orElseThrow();
        assertThat(call.subscribers()).extracting(Subscriber::subscriptionId).containsExactlyInAnyOrder("all", "this");
        assertThat(call.participants()).hasSize(2);

        assertThat(take(OFFERED, offer)).as("again").isEqualTo(DONE);
        assertThat(scene.storage.calls().load(OFFERED)).contains(call);
    }

    @Test
    void aBeginningThatIsMissingIsFetchedFromTheGateway() {
        scene.gateway.report(offered(1));
        MediaReport second = offered(2, new MediaEvent.LegConnected("caller"));
        scene.gateway.report(second);

        assertThat(take(OFFERED, second)).isEqualTo(DONE);
        assertThat(scene.storage.calls().load(OFFERED).orElseThrow().lastAppliedEvent())
                .isEqualTo(2);
    }

    @Test
    void aBeginningThatIsNowhereIsLookedForAgainWhileItsGatewayLives() {
        MediaReport second = offered(2, new MediaEvent.LegConnected("caller"));

        assertThat(take(OFFERED, second)).isEqualTo(AGAIN);
        scene.gateway.restart(FakeGateway.NEXT_LIFE);
        scene.heartbeat();
        assertThat(take(OFFERED, second)).isEqualTo(DONE);
    }

    @Test
    void tooManyConflictsAreTriedLater() {
        CallStore contended = new CallStore() {
            @Override
            public Optional<ServerCall> load(String serverCallId) {
                return scene.storage.calls().load(serverCallId);
            }

            @Override
            public CommitResult commit(Commit commit) {
                return CommitResult.OVERTAKEN;
            }
        };

        assertThat(intake(scene.processor(contended))
                        .take(scene.serverCallId, List.of(scene.connected(1)), Scene.AMPLE))
                .isEqualTo(AGAIN);
    }

    @Test
    void withoutTimeAGapIsLeftForLater() {
        scene.connected(1);

        assertThat(intake(scene.processor).take(scene.serverCallId, List.of(pressed(2)), new Deadline(() -> 4999)))
                .isEqualTo(AGAIN);
        assertThat(scene.gateway.requests()).isZero();
    }

    @Test
    void aMessageIsAReport() {
        ReportIntake intake = intake(scene.processor);
        MediaReport report = scene.connected(1);

        assertThat(intake.read(GatewayProtocol.encode(report))).isEqualTo(report);
        assertThat(intake.groupOf(report)).isEqualTo(scene.serverCallId);
        assertThat(intake.renew(scene.serverCallId)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> intake.read("{}"));
    }

    private MediaReport pressed(long number) {
        return scene.report(number, new MediaEvent.TonePressed(scene.participantId(), Tone.TONE1));
    }

    /** A report that the gateway's journal has not got, nor the one before it. */
    private MediaReport unjournaled(long number) {
        return new MediaReport(
                scene.serverCallId,
                FakeGateway.LIFE,
                number,
                scene.clock.instant(),
                new MediaEvent.LegConnected(scene.participantId()));
    }

    private int commits() {
        return scene.storage.calls().history(scene.serverCallId).size();
    }

    private MediaReport offered(long number) {
        return offered(
                number,
                new MediaEvent.CallOffered(
                        Origin.Kind.PEER,
                        CALLER,
                        null,
                        CALLED,
                        "caller",
                        "callee",
                        scene.clock.instant().plusSeconds(60)));
    }

    private MediaReport offered(long number, MediaEvent event) {
        return new MediaReport(OFFERED, FakeGateway.LIFE, number, scene.clock.instant(), event);
    }

    private void subscribe(String id, Identifier... to) {
        scene.storage
                .subscriptions()
                .add(new Subscription(
                        id, Scene.CALLBACK, Set.of(Announcement.CALL_STARTED), List.of(to), scene.clock.instant()));
    }

    private Turn take(MediaReport... reports) {
        return take(scene.serverCallId, reports);
    }

    private Turn take(String serverCallId, MediaReport... reports) {
        return intake(scene.processor).take(serverCallId, List.of(reports), Scene.AMPLE);
    }

    private ReportIntake intake(CallProcessor processor) {
        return new ReportIntake(
                processor,
                scene.storage.subscriptions(),
                new GatewayDirectory(scene.storage.gateways(), scene.clock),
                scene.control);
    }
}
