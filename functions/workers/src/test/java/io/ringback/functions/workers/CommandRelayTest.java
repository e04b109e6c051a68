package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringback.aws.sqs.Poke;
import io.ringback.core.call.CallState;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Participant;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandRelayTest {
    private static final Turn.Wait SECOND = new Turn.Wait(Duration.ofSeconds(1));
    private static final Turn DONE = new Turn.Done();

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
    void commandsReachTheGatewayInOrder() {
        assertThat(take()).isEqualTo(DONE);
        scene.connect();
        scene.play();
        scene.startRecording();
        scene.play();

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands()).isEqualTo(scene.committed()).hasSize(4);
        assertThat(outcomes()).containsOnly(Outcome.DELIVERED);
        assertThat(take()).as("a second poke").isEqualTo(DONE);
        assertThat(scene.gateway.requests()).isEqualTo(4);
    }

    @Test
    void theEndOfTheCallOvertakesTheDial() {
        scene.terminate();

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands()).singleElement().isInstanceOf(MediaCommand.EndCall.class);
        assertThat(outcomes()).containsExactly(Outcome.VOID, Outcome.DELIVERED);
    }

    @Test
    void aCancelOvertakesThePlaysThatStillWait() {
        take();
        scene.connect();
        scene.play();
        scene.startRecording();
        scene.cancelAll();

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(
                        MediaCommand.DialLeg.class, MediaCommand.SetRecording.class, MediaCommand.CancelMedia.class);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.VOID, Outcome.DELIVERED, Outcome.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 503})
    void aGatewayThatIsNotReadyIsAskedAgainEachSecond(int status) {
        scene.gateway.answerAlways(status);
        assertThat(take()).isEqualTo(SECOND);
        scene.clock.advance(Duration.ofSeconds(1));
        assertThat(take()).isEqualTo(SECOND);

        scene.gateway.answerAlways(0);
        scene.clock.advance(Duration.ofSeconds(1));
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands()).hasSize(1);
        assertThat(attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.DELIVERED);
        assertThat(attempts().get(0).status()).isEqualTo(status);
    }

    @Test
    void aDialThatCannotBeGivenInTimeIsDroppedAndTheCallEndsAsUnreachable() {
        scene.gateway.silent(true);
        assertThat(take()).isEqualTo(SECOND);

        scene.clock.advance(Duration.ofSeconds(61));
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.call().participants().get(0).state()).isEqualTo(Participant.State.FAILED);
        assertThat(scene.endReason()).isEqualTo(EndReason.UNREACHABLE);
        assertThat(scene.lastEvent()).contains("\"callConnectionState\":\"terminated\"");
        assertThat(outcomes()).containsExactly(Outcome.FAILED, Outcome.VOID);
    }

    @Test
    void aPlayThatIsTooLateFailsAndTheNextGoesOut() {
        take();
        scene.connect();
        scene.play();
        scene.clock.advance(Duration.ofSeconds(31));
        scene.heartbeat();
        scene.play();

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.Play.class);
        assertThat(scene.events()).endsWith("PlayAudioResult");
        assertThat(scene.call().operations()).hasSize(1);
    }

    @Test
    void aCommandThatTheGatewayRefusesIsDropped() {
        scene.gateway.answerAlways(400);

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(outcomes()).containsExactly(Outcome.VOID);
    }

    @Test
    void anotherLifeOfTheGatewayNeverDials() {
        scene.gateway.restart(FakeGateway.NEXT_LIFE);

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands()).isEmpty();
        assertThat(scene.gateway.requests()).as("it was asked").isEqualTo(1);
        assertLostWithItsGateway();
    }

    @Test
    void aLifeThatTheDirectoryKnowsToBeOverIsNotAsked() {
        scene.gateway.restart(FakeGateway.NEXT_LIFE);
        scene.heartbeat();

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.requests()).isZero();
        assertLostWithItsGateway();
    }

    @Test
    void aFencedGatewayIsNotAsked() {
        assertThat(scene.storage.gateways().fence(scene.gateway.row(scene.clock.instant()), scene.clock.instant()))
                .isTrue();

        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.requests()).isZero();
        assertLostWithItsGateway();
    }

    @Test
    void withoutTimeAnotherPokeTakesOver() {
        assertThat(relay(scene.storage.outbox()).take(scene.media(), List.of(), new Deadline(() -> 5000)))
                .isEqualTo(new Turn.GoOn());
        assertThat(scene.gateway.requests()).isZero();
    }

    @Test
    void whatWasDoneBeforeTheTimeRanOutIsNoted() {
        take();
        scene.connect();
        scene.startRecording();
        scene.play();
        int[] asked = {0};

        Turn turn = relay(scene.storage.outbox())
                .take(scene.media(), List.of(), new Deadline(() -> asked[0]++ == 0 ? 10_000 : 5000));

        assertThat(turn).isEqualTo(new Turn.GoOn());
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.DELIVERED);
    }

    @Test
    void aHoleStopsTheStream() {
        take();
        scene.connect();
        scene.play();
        scene.play();
        scene.storage.hide(scene.media(), 2);

        assertThat(take()).isEqualTo(new Turn.LookAgain(Duration.ofSeconds(1)));
        assertThat(scene.gateway.commands()).hasSize(1);
    }

    @Test
    void aCommandThatCannotBeReadHoldsUpTheOthersNoLongerThanItsTime() {
        take();
        scene.connect();
        scene.play();
        scene.storage.outbox().spoil(scene.media(), 2);
        scene.clock.advance(Duration.ofSeconds(20));
        scene.terminate();

        assertThat(take()).as("a newer version may come").isEqualTo(SECOND);
        scene.clock.advance(Duration.ofSeconds(11));
        assertThat(take()).isEqualTo(DONE);
        assertThat(scene.gateway.commands())
                .hasExactlyElementsOfTypes(MediaCommand.DialLeg.class, MediaCommand.EndCall.class);
        assertThat(outcomes()).containsExactly(Outcome.DELIVERED, Outcome.FAILED, Outcome.VOID, Outcome.DELIVERED);
        assertThat(attempts().get(2).detail()).startsWith("it cannot be read: not a media command");
    }

    @Test
    void aPokeForAnotherQueueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> relay(scene.storage.outbox()).read(Poke.encode(scene.callbacks())))
                .withMessageContaining("no stream of media commands");
    }

    @Test
    void whereverTheProcessDiesTheGatewayGetsEachCommandOnceAndInOrder() throws IOException {
        int point = 0;
        while (diesAt(point)) {
            point++;
        }

        assertThat(point).as("points at which it can die").isEqualTo(8);
    }

    /** Relays three commands of three commits, dying once; false when there is no such point. */
    private boolean diesAt(int point) throws IOException {
        try (Scene fresh = new Scene()) {
            fresh.connect();
            fresh.play();
            fresh.startRecording();
            Crash crash = new Crash(point);
            Outbox mortal = crash.around(Outbox.class, fresh.storage.outbox());
            while (!fresh.storage.outbox().read(fresh.media(), 10).rows().isEmpty()) {
                try {
                    relay(fresh, mortal).take(fresh.media(), List.of(), Scene.AMPLE);
                } catch (Crash.Death death) {
                    assertThat(crash.happened()).isTrue();
                }
            }
            assertThat(fresh.gateway.commands()).as("dying at %d", point).isEqualTo(fresh.committed());
            return crash.happened();
        }
    }

    private void assertLostWithItsGateway() {
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATED);
        assertThat(scene.endReason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(outcomes()).containsExactly(Outcome.VOID);
    }

    private Turn take() {
        return relay(scene.storage.outbox()).take(scene.media(), List.of(), Scene.AMPLE);
    }

    private CommandRelay relay(Outbox outbox) {
        return relay(scene, outbox);
    }

    private static CommandRelay relay(Scene scene, Outbox outbox) {
        return new CommandRelay(
                outbox,
                scene.pokes,
                new GatewayDirectory(scene.storage.gateways(), scene.clock),
                scene.control,
                scene.processor,
                scene.clock);
    }

    private List<Attempt> attempts() {
        return scene.storage.outbox().attempts(scene.media());
    }

    private List<Outcome> outcomes() {
        return attempts().stream().map(Attempt::outcome).toList();
    }
}
