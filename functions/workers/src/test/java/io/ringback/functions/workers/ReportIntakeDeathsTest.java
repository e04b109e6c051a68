package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.call.Tone;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Subscriptions;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An invocation that takes reports in dies at each of its steps, and the queue hands out its messages again. */
@Timeout(60)
class ReportIntakeDeathsTest {
    private static final String OFFERED = "call-000000000000008";

    @Test
    void reportsAreAppliedOnce() throws IOException {
        assertThat(everywhere(scene -> List.of(scene.connected(1), pressed(scene, 2), pressed(scene, 3))))
                .as("a load, a commit, a poke")
                .isEqualTo(6);
    }

    @Test
    void whatIsFetchedIsAppliedOnce() throws IOException {
        assertThat(everywhere(scene -> {
                    scene.connected(1);
                    pressed(scene, 2);
                    return List.of(pressed(scene, 3));
                }))
                .as("a load, a look-up, a fetch, a load, a commit, a poke")
                .isEqualTo(12);
    }

    @Test
    void theEndOfACallIsToldOnce() throws IOException {
        assertThat(everywhere(scene -> {
                    scene.connect();
                    scene.play();
                    scene.startRecording();
                    return List.of(scene.report(
                            2,
                            new MediaEvent.LegEnded(
                                    scene.participantId(), EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null)));
                }))
                .isEqualTo(6);
    }

    @Test
    void aCallThatComesInBeginsOnce() throws IOException {
        assertThat(everywhere(scene -> {
                    scene.storage
                            .subscriptions()
                            .add(new Subscription(
                                    "all",
                                    Scene.CALLBACK,
                                    Set.of(Announcement.CALL_STARTED),
                                    List.of(),
                                    scene.clock.instant()));
                    return List.of(offered(scene), in(scene, 2, new MediaEvent.LegConnected("caller")));
                }))
                .as("a load, the subscriptions, a commit, a poke")
                .isEqualTo(8);
    }

    @Test
    void aCallWhoseReportsAreLostWithItsGatewayEndsOnce() throws IOException {
        assertThat(everywhere(scene -> {
                    MediaReport beyond = new MediaReport(
                            scene.serverCallId,
                            FakeGateway.LIFE,
                            2,
                            scene.clock.instant(),
                            new MediaEvent.LegConnected(scene.participantId()));
                    scene.gateway.restart(FakeGateway.NEXT_LIFE);
                    scene.heartbeat();
                    return List.of(beyond);
                }))
                .as("a load, a look-up, a question, a load, a commit, a poke")
                .isEqualTo(12);
    }

    /** @return at how many points it can die */
    private static int everywhere(Function<Scene, List<MediaReport>> story) throws IOException {
        return Mortality.check((scene, crash) -> {
            List<MediaReport> reports = story.apply(scene);
            scene.pokes.take();
            SQSEvent batch =
                    Messages.batch(reports.stream().map(GatewayProtocol::encode).toList());
            // Whoever dies answers nothing, and a failure names its message: both come again, whole.
            Mortality.untilDone(() -> isConsumed(consumer(scene, crash), batch));
        });
    }

    private static boolean isConsumed(QueueConsumer<?, ?> consumer, SQSEvent batch) {
        try {
            return Messages.failures(consumer.consume(batch, Scene.AMPLE)).isEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static QueueConsumer<?, ?> consumer(Scene scene, Crash crash) {
        return new QueueConsumer<>(
                new ReportIntake(
                        scene.mortal(crash),
                        crash.around(Subscriptions.class, scene.storage.subscriptions()),
                        new GatewayDirectory(crash.around(Gateways.class, scene.storage.gateways()), scene.clock),
                        crash.around(GatewayControl.class, scene.control)),
                crash.around(Visibility.class, new RecordedInbox()));
    }

    private static MediaReport pressed(Scene scene, long number) {
        return scene.report(number, new MediaEvent.TonePressed(scene.participantId(), Tone.TONE1));
    }

    private static MediaReport offered(Scene scene) {
        return in(
                scene,
                1,
                new MediaEvent.CallOffered(
                        Origin.Kind.PEER,
                        new Identifier("8:acs:ringback_alice"),
                        null,
                        new Identifier("8:acs:ringback_bob"),
                        "caller",
                        "callee",
                        scene.clock.instant().plusSeconds(60)));
    }

    private static MediaReport in(Scene scene, long number, MediaEvent event) {
        return new MediaReport(OFFERED, FakeGateway.LIFE, number, scene.clock.instant(), event);
    }
}
