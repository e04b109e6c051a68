package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording;
import io.ringback.core.command.CallCommand;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Gateways;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watch dies at each of its steps, and its next round goes on. */
@Timeout(60)
class GatewayWatchDeathsTest {
    @Test
    void aLostGatewayIsFencedAndEachOfItsCallsEndsOnce() throws IOException {
        int points = Mortality.check((scene, crash) -> {
            scene.create();
            scene.connect();
            scene.play();
            scene.startRecording();
            scene.pokes.take();
            scene.clock.advance(Duration.ofSeconds(61));
            scene.gateway.silent(true);
            round(scene, crash);
            assertThat(scene.storage.gateways().all().get(0).fenced()).isTrue();
            assertThat(scene.storage.calls().all()).allMatch(call -> call.state() == CallState.TERMINATED);
            assertThat(recording(scene).status()).isEqualTo(Recording.Status.RECOVERING);

            scene.clock.advance(Duration.ofMinutes(15).plusSeconds(1));
            round(scene, crash);
            assertThat(recording(scene).status()).isEqualTo(Recording.Status.FAILED);
        });

        assertThat(points).as("21 steps").isEqualTo(42);
    }

    @Test
    void whatAGatewayThatIsBackHasLeftEndsOnce() throws IOException {
        int points = Mortality.check((scene, crash) -> {
            scene.create();
            scene.connect();
            scene.startRecording();
            scene.pokes.take();
            GatewayRef next = new GatewayRef(FakeGateway.LIFE.gatewayId(), Epochs.at(scene.clock.instant()));
            scene.gateway.restart(next);
            scene.heartbeat();
            scene.processor.change(scene.serverCallId, new CallCommand.LoseGateway(FakeGateway.LIFE));
            scene.clock.advance(Duration.ofSeconds(11));
            scene.heartbeat();
            round(scene, crash);
            assertThat(recording(scene).status()).isEqualTo(Recording.Status.FAILED);

            scene.clock.advance(Duration.ofSeconds(50));
            scene.heartbeat();
            round(scene, crash);
            assertThat(scene.storage.calls().all()).allMatch(call -> call.state() == CallState.TERMINATED);
        });

        assertThat(points).as("15 steps").isEqualTo(30);
    }

    private static void round(Scene scene, Crash crash) {
        GatewayWatch watch = new GatewayWatch(
                crash.around(Gateways.class, scene.storage.gateways()),
                crash.around(GatewayControl.class, scene.control),
                crash.around(CallStore.class, scene.storage.calls()),
                scene.mortal(crash),
                scene.clock);
        Mortality.untilDone(() -> {
            watch.run(Scene.AMPLE);
            return true;
        });
    }

    private static Recording recording(Scene scene) {
        return scene.call().recordings().get(0);
    }
}
