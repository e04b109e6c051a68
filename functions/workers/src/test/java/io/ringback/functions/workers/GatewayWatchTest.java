package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Gateways.Gateway;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayWatchTest {
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
    void aGatewayThatReportsIsNotProbed() {
        scene.clock.advance(Duration.ofSeconds(60));
        run();

        assertThat(scene.gateway.requests()).isZero();
        assertThat(fenced()).isFalse();
    }

    @Test
    void aSilentGatewayThatAnswersIsNotLost() {
        scene.clock.advance(Duration.ofSeconds(61));
        run();

        assertThat(scene.gateway.requests()).isEqualTo(1);
        assertThat(fenced()).isFalse();
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHING);
    }

    @Test
    void aSilentGatewayThatDoesNotAnswerIsFencedAndItsCallsEnd() {
        scene.connect();
        loseGateway();

        assertThat(fenced()).isTrue();
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.endReason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(scene.lastEvent()).contains("\"terminated\"").contains("gatewayLost");
        assertThat(scene.storage.gateways().openCalls(FakeGateway.LIFE)).isEmpty();
    }

    @Test
    void aGatewayThatReportsWhileItIsProbedIsNotFenced() {
        scene.clock.advance(Duration.ofSeconds(61));
        Instant seen = scene.storage.gateways().all().get(0).heartbeatAt();
        scene.gateway.silent(true);
        GatewayControl meanwhile = new DelegatingControl(scene.control, scene::heartbeat);

        new GatewayWatch(scene.storage.gateways(), meanwhile, scene.storage.calls(), scene.processor, scene.clock)
                .run(Scene.AMPLE);

        assertThat(scene.storage.gateways().all().get(0).heartbeatAt()).isAfter(seen);
        assertThat(fenced()).isFalse();
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHING);
    }

    @Test
    void whatARoundHadNoTimeForTheNextOneDoes() {
        scene.clock.advance(Duration.ofSeconds(61));
        scene.gateway.silent(true);
        int[] asked = {0};
        watch().run(new Deadline(() -> asked[0]++ == 0 ? 5000 : 4999));
        assertThat(fenced()).isTrue();
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHING);

        run();
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
    }

    @Test
    void recordingsOfALostGatewayAreGivenUpAfterAQuarterOfAnHourAndOnce() {
        record();
        loseGateway();
        assertThat(recording().status()).isEqualTo(Recording.Status.RECOVERING);

        scene.clock.advance(Duration.ofMinutes(15));
        run();
        assertThat(recording().status()).isEqualTo(Recording.Status.RECOVERING);

        scene.clock.advance(Duration.ofSeconds(1));
        run();
        run();
        assertThat(recording().status()).isEqualTo(Recording.Status.FAILED);
        assertThat(scene.events())
                .filteredOn("RecordingFileStatusUpdated"::equals)
                .hasSize(1);
        assertThat(scene.events()).endsWith("RecordingFileStatusUpdated");
    }

    @Test
    void aRecordingThatComesBackInTimeIsAvailable() {
        record();
        loseGateway();
        scene.processor.apply(
                scene.serverCallId,
                List.of(scene.report(
                        2,
                        new MediaEvent.RecordingFile(
                                recording().recordingId(), true, "key", 1000, 16_044, 1, List.<Pause>of(), ""))));
        scene.clock.advance(Duration.ofHours(1));
        run();

        assertThat(recording().status()).isEqualTo(Recording.Status.AVAILABLE);
        assertThat(scene.events())
                .filteredOn("RecordingFileStatusUpdated"::equals)
                .hasSize(1);
    }

    @Test
    void aGatewayThatCameBackHasAMinuteToEndTheCallsOfItsEarlierLife() {
        record();
        begins();
        GatewayRef next = comesBack();
        scene.clock.advance(Duration.ofSeconds(60));
        scene.heartbeat();
        run();
        assertThat(scene.call().state()).as("its own to end").isEqualTo(CallState.ESTABLISHED);

        scene.clock.advance(Duration.ofSeconds(1));
        run();
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.endReason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(recording().status()).isEqualTo(Recording.Status.RECOVERING);

        scene.clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        scene.heartbeat();
        run();
        assertThat(recording().status()).isEqualTo(Recording.Status.FAILED);
        assertThat(scene.storage.gateways().openCallsOfEarlierLives(next)).isEmpty();
    }

    @Test
    void aCallThatCannotBeReadHoldsUpNoOtherAndIsEndedByALaterRound() {
        String other = scene.create().serverCallId();
        scene.clock.advance(Duration.ofSeconds(61));
        scene.gateway.silent(true);

        watch(scene.storage.gateways(), scene.mortal(Crash.survived(0))).run(Scene.AMPLE);
        assertThat(scene.call().state()).as("the first one").isEqualTo(CallState.ESTABLISHING);
        assertThat(scene.storage.calls().load(other).orElseThrow().state()).isEqualTo(CallState.TERMINATED);

        run();
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
    }

    @Test
    void aGatewayThatCannotBeWatchedHoldsUpNoOther() {
        scene.clock.advance(Duration.ofSeconds(61));
        scene.gateway.silent(true);
        Gateway lost = scene.gateway.row(scene.clock.instant());
        GatewayRef first =
                new GatewayRef("a-" + lost.ref().gatewayId(), lost.ref().epoch());
        scene.storage
                .gateways()
                .heartbeat(new Gateway(first, lost.control(), 0, 100, false, false, scene.clock.instant()));

        // They are listed, and then the first one's earlier lives are looked for.
        Gateways failing = Crash.survived(2).around(Gateways.class, scene.storage.gateways());
        watch(failing, scene.processor).run(Scene.AMPLE);

        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
    }

    @Test
    void aRecordingThatNeverBeganIsGivenUpAsSoonAsTheGatewayIsBackAndHasNothingToSay() {
        record();
        comesBack();
        scene.processor.change(scene.serverCallId, new CallCommand.LoseGateway(FakeGateway.LIFE));
        scene.clock.advance(Duration.ofSeconds(10));
        scene.heartbeat();
        run();
        assertThat(recording().status()).as("it may still be told").isEqualTo(Recording.Status.RECOVERING);

        scene.clock.advance(Duration.ofSeconds(1));
        run();
        assertThat(recording().status()).isEqualTo(Recording.Status.FAILED);
    }

    @Test
    void aRecordingOfWhichAReportIsUnderWayIsNotGivenUp() {
        record();
        comesBack();
        scene.gateway.report(scene.report(
                2,
                new MediaEvent.RecordingFile(
                        recording().recordingId(), true, "key", 1000, 16_044, 1, List.<Pause>of(), "")));
        scene.processor.change(scene.serverCallId, new CallCommand.LoseGateway(FakeGateway.LIFE));
        scene.clock.advance(Duration.ofSeconds(11));
        scene.heartbeat();
        run();

        assertThat(recording().status()).isEqualTo(Recording.Status.RECOVERING);
    }

    /** The gateway has said that it records. */
    private void begins() {
        scene.processor.apply(
                scene.serverCallId,
                List.of(scene.report(
                        2,
                        new MediaEvent.RecordingChanged(
                                recording().recordingId(),
                                MediaEvent.RecordingChanged.Change.START,
                                scene.clock.instant(),
                                0,
                                List.<Pause>of()))));
    }

    private void record() {
        scene.connect();
        scene.startRecording();
    }

    private Recording recording() {
        return scene.call().recordings().get(0);
    }

    private void loseGateway() {
        scene.clock.advance(Duration.ofSeconds(61));
        scene.gateway.silent(true);
        run();
    }

    /** The gateway starts anew, now. */
    private GatewayRef comesBack() {
        GatewayRef next = new GatewayRef(FakeGateway.LIFE.gatewayId(), Epochs.at(scene.clock.instant()));
        scene.gateway.restart(next);
        scene.heartbeat();
        return next;
    }

    private boolean fenced() {
        return scene.storage.gateways().all().get(0).fenced();
    }

    private void run() {
        watch().run(Scene.AMPLE);
    }

    private GatewayWatch watch() {
        return watch(scene.storage.gateways(), scene.processor);
    }

    private GatewayWatch watch(Gateways gateways, CallProcessor processor) {
        return new GatewayWatch(gateways, scene.control, scene.storage.calls(), processor, scene.clock);
    }
}
