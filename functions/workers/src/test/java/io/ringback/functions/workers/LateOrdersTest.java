package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders that the gateway gets after their time, because a poke was lost or it could not be reached for a while. */
@Timeout(60)
class LateOrdersTest {
    private static final Turn.Wait SECOND = new Turn.Wait(Duration.ofSeconds(1));
    private static final Turn DONE = new Turn.Done();

    private Scene scene;

    @BeforeEach
    void connect() throws IOException {
        scene = new Scene();
        take();
        scene.connect();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void theEndOfACallThatTheSweeperFindsIsTold() {
        scene.terminate();
        scene.clock.advance(Duration.ofSeconds(91));

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.EndCall.class);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.DELIVERED);
        assertThat(scene.call().state()).as("the gateway will tell").isEqualTo(CallState.TERMINATING);
    }

    @Test
    void whateverEndsSomethingIsToldAndWhatBeginsSomethingIsNot() {
        scene.play();
        String recording = scene.startRecording();
        take();
        scene.pauseRecording(recording);
        scene.cancelAll();
        scene.play();
        scene.removeParticipant();
        scene.clock.advance(Duration.ofSeconds(91));

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(
                        MediaCommand.DialLeg.class,
                        MediaCommand.Play.class,
                        MediaCommand.SetRecording.class,
                        MediaCommand.SetRecording.class,
                        MediaCommand.CancelMedia.class,
                        MediaCommand.HangUpLeg.class);
        assertThat(outcomes())
                .filteredOn(Outcome.VOID::equals)
                .as("the second play")
                .hasSize(1);
        assertThat(scene.events()).filteredOn("PlayAudioResult"::equals).hasSize(1);
    }

    @Test
    void aCallWhoseEndCannotBeToldIsOverAllTheSameAndItsLegsAreNotForgotten() {
        scene.terminate();
        scene.gateway.silent(true);
        assertThat(take()).isEqualTo(SECOND);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);

        scene.clock.advance(Duration.ofSeconds(31));
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.lastEvent()).contains("\"callConnectionState\":\"terminated\"");
        int events = scene.events().size();

        for (int i = 0; i < 3; i++) {
            assertThat(take()).isEqualTo(SECOND);
            scene.clock.advance(Duration.ofHours(1));
            assertThat(take()).isEqualTo(DONE);
        }
        assertThat(scene.events()).as("told once").hasSize(events);
        scene.gateway.silent(false);
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.EndCall.class);
        assertThat(outcomes()).endsWith(Outcome.FAILED, Outcome.VOID, Outcome.DELIVERED);
    }

    @Test
    void whenNoLegCanBeLeftTheEndIsVoid() {
        scene.terminate();
        scene.gateway.silent(true);
        scene.clock.advance(Duration.ofSeconds(31));
        assertThat(take()).isEqualTo(DONE);
        scene.clock.advance(Duration.ofHours(4));

        assertThat(take()).isEqualTo(DONE);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.VOID, Outcome.VOID);
        assertThat(take()).isEqualTo(DONE);
    }

    @Test
    void anEndThatTheGatewayHasToldOfIsNotOrderedAgain() {
        scene.removeParticipant();
        scene.gateway.silent(true);
        scene.clock.advance(Duration.ofSeconds(31));
        assertThat(take()).isEqualTo(DONE);
        MediaEvent end =
                new MediaEvent.LegEnded(scene.participantId(), EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE", null);
        scene.processor.apply(scene.serverCallId, List.of(scene.report(2, end)));
        scene.clock.advance(Duration.ofSeconds(31));

        assertThat(take()).isEqualTo(DONE);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.VOID, Outcome.VOID);
        assertThat(take()).isEqualTo(DONE);
    }

    @Test
    void aHangUpThatCannotBeToldHoldsUpTheOthersNoLongerThanItsTimeAndIsToldWhenItCan() {
        scene.play();
        scene.removeParticipant();
        scene.play();
        scene.gateway.silent(true);
        scene.clock.advance(Duration.ofSeconds(31));

        assertThat(take()).isEqualTo(DONE);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.VOID, Outcome.VOID, Outcome.VOID);
        assertThat(scene.call().liveLegs()).isEmpty();

        assertThat(take()).isEqualTo(SECOND);
        scene.gateway.silent(false);
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.HangUpLeg.class);
    }

    @Test
    void aMuteThatCannotBeToldHoldsUpTheOthersNoLongerThanItsTimeAndIsToldWhenItCan() {
        scene.mute();
        scene.play();
        scene.gateway.silent(true);
        assertThat(take()).isEqualTo(SECOND);
        scene.clock.advance(Duration.ofSeconds(31));

        assertThat(take()).isEqualTo(DONE);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.FAILED, Outcome.VOID, Outcome.VOID);
        assertThat(scene.events()).filteredOn("PlayAudioResult"::equals).hasSize(1);

        assertThat(take()).isEqualTo(SECOND);
        scene.gateway.silent(false);
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.SetLeg.class);
    }

    @Test
    void anOrderThatCannotBeReadHoldsUpTheEndOfTheCallNoLongerThanItsTime() {
        scene.mute();
        scene.storage.outbox().spoil(scene.media(), 2);
        scene.clock.advance(Duration.ofSeconds(20));
        scene.terminate();
        assertThat(take()).as("a newer version may come").isEqualTo(SECOND);

        scene.clock.advance(Duration.ofSeconds(11));
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.EndCall.class);
    }

    private Turn take() {
        return new CommandRelay(
                        scene.storage.outbox(),
                        scene.pokes,
                        new GatewayDirectory(scene.storage.gateways(), scene.clock),
                        scene.control,
                        scene.processor,
                        scene.clock)
                .take(scene.media(), List.of(), Scene.AMPLE);
    }

    private List<Outcome> outcomes() {
        return scene.storage.outbox().attempts(scene.media()).stream()
                .map(Attempt::outcome)
                .toList();
    }
}
