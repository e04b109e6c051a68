package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent.CancelMediaResult;
import io.ringback.core.event.CallEvent.PlayResult;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.PlayStarted;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void aPlayRunsAndCompletes() {
        Scene scene = Scene.established(1, 1);
        String id = play(scene);
        scene.happens(new PlayStarted(id), new PlayEnded(id, Outcome.COMPLETED, null, 0, "played to the end"));
        assertThat(scene.told(PlayResult.class)).singleElement().satisfies(result -> {
            assertThat(result.operationId()).isEqualTo(id);
            assertThat(result.operationContext()).isEqualTo("play-context");
            assertThat(result.status()).isEqualTo(Status.COMPLETED);
            assertThat(result.resultInfo().code()).isEqualTo(200);
        });
        assertThat(scene.call().operations()).isEmpty();
    }

    @Test
    void aSecondPlayWaits() {
        Scene scene = Scene.established(1, 1);
        assertThat(accepted(scene).status()).isEqualTo(Status.RUNNING);
        assertThat(accepted(scene).status()).isEqualTo(Status.NOT_STARTED);
    }

    @Test
    void aFailedPlayTellsItsSubcode() {
        Scene scene = Scene.established(1, 1);
        String id = play(scene);
        scene.happens(new PlayEnded(id, Outcome.FAILED, null, 8536, "could not fetch http://x"));
        assertThat(scene.told(PlayResult.class)).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.resultInfo().subcode()).isEqualTo(8536);
            assertThat(result.resultInfo().message()).contains("http://x");
        });
    }

    @Test
    void whileEstablishingAPlayIsRefused() {
        Scene scene = Scene.established(1, 0);
        assertThat(scene.wants(Samples.play(scene.connection())))
                .isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo(ErrorCode.WRONG_STATE);
                    assertThat(rejected.message()).contains("establishing");
                });
        scene.happens(new LegConnected(scene.leg(0)));
        assertThat(scene.wants(Samples.play(scene.connection()))).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void cancelNamesEveryPlayAndEachGetsOneResultBeforeTheCancelsOwn() {
        Scene scene = Scene.established(1, 1);
        String first = play(scene);
        String second = play(scene);
        scene.wants(new CallCommand.CancelAllMediaOperations(scene.connection(), "cancel-context"));
        MediaCommand.CancelMedia order =
                scene.ordered(MediaCommand.CancelMedia.class).get(0);
        assertThat(order.canceledOperationIds()).containsExactly(first, second);
        scene.happens(
                new PlayEnded(first, Outcome.CANCELLED, null, 0, "cancelled"),
                new PlayEnded(second, Outcome.CANCELLED, null, 0, "cancelled"),
                new MediaCancelled(order.operationId(), List.of(first, second)),
                new PlayEnded(second, Outcome.CANCELLED, null, 0, "again"));
        assertThat(scene.told(PlayResult.class))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.resultInfo().subcode()).isEqualTo(8508));
        assertThat(scene.told(CancelMediaResult.class)).singleElement().satisfies(result -> {
            assertThat(result.canceledOperationIds()).containsExactly(first, second);
            assertThat(result.operationContext()).isEqualTo("cancel-context");
        });
    }

    @Test
    void cancellingNothingIsCompletedAtOnce() {
        Scene scene = Scene.established(1, 1);
        scene.wants(new CallCommand.CancelAllMediaOperations(scene.connection(), null));
        assertThat(scene.told(CancelMediaResult.class))
                .singleElement()
                .satisfies(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
        assertThat(scene.ordered(MediaCommand.CancelMedia.class)).isEmpty();
        assertThat(scene.call().operations()).isEmpty();
    }

    @Test
    void thereIsALimitThatLeavesRoomToCancel() {
        Scene scene = Scene.established(1, 1);
        for (int i = 0; i < Limits.OPERATIONS; i++) {
            play(scene);
        }
        assertThat(scene.wants(Samples.play(scene.connection())))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.OPERATION_NOT_ALLOWED));
        assertThat(scene.wants(new CallCommand.CancelAllMediaOperations(scene.connection(), null)))
                .isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void anOrderThatWasDroppedStillGivesItsResult() {
        Scene scene = Scene.established(1, 1);
        play(scene);
        MediaCommand.Play order = scene.ordered(MediaCommand.Play.class).get(0);
        scene.wants(new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "too late"));
        assertThat(scene.told(PlayResult.class)).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.resultInfo().message()).isEqualTo("too late");
        });
    }

    @Test
    void playsToOneHaveAQueueOfTheirOwn() {
        Scene scene = Scene.established(2, 2);
        String connection = scene.connection();
        assertThat(status(scene, Samples.play(connection, null, null))).isEqualTo(Status.RUNNING);
        assertThat(status(scene, Samples.play(connection, scene.leg(0), null))).isEqualTo(Status.RUNNING);
        assertThat(status(scene, Samples.play(connection, scene.leg(1), null))).isEqualTo(Status.RUNNING);
        assertThat(status(scene, Samples.play(connection, scene.leg(0), null))).isEqualTo(Status.NOT_STARTED);
        assertThat(scene.ordered(MediaCommand.Play.class))
                .extracting(MediaCommand.Play::participantId)
                .containsExactly(null, scene.leg(0), scene.leg(1), scene.leg(0));
    }

    @Test
    void aPlayNeedsAListenerThatIsConnected() {
        Scene scene = Scene.established(2, 1);
        Decision.Rejected unknown = scene.rejected(Samples.play(scene.connection(), "nobody", null));
        assertThat(unknown.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(unknown.target()).isEqualTo("participantId");
        assertThat(scene.rejected(Samples.play(scene.connection(), scene.leg(1), null))
                        .code())
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void somebodyOutsidePlaysToAllAndIsToldAtTheCallbackOfTheRequest() {
        Scene scene = Scene.established(2, 2);
        scene.wants(new CallCommand.HangUp(scene.connection()));
        String id = scene.begins(Samples.play(null, null, Samples.OUTSIDE));
        scene.happens(new PlayEnded(id, Outcome.COMPLETED, null, 0, "played"));
        Effect.Notify last = scene.told().get(scene.told().size() - 1);
        assertThat(last.event()).isInstanceOf(PlayResult.class);
        assertThat(last.callback()).isEqualTo(Samples.OUTSIDE);
        assertThat(last.callConnectionId()).isNull();
    }

    @Test
    void fromOutsideAPlayNeedsACallbackAndAnEstablishedCall() {
        Scene scene = Scene.established(2, 0);
        assertThat(scene.rejected(Samples.play(null, null, null)).target()).isEqualTo("callbackUri");
        assertThat(scene.rejected(Samples.play(null, null, Samples.OUTSIDE)).code())
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void thePlayOfAnApplicationThatLeavesEndsThatOfAnotherGoesOn() {
        Scene scene = Scene.established(2, 2);
        String own = scene.begins(Samples.play(scene.connection()));
        String other = scene.begins(Samples.play(null, null, Samples.OUTSIDE));
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.told(PlayResult.class))
                .extracting(PlayResult::operationId)
                .containsExactly(own);
        assertThat(scene.ordered(MediaCommand.CancelMedia.class))
                .extracting(MediaCommand.CancelMedia::canceledOperationIds)
                .containsExactly(List.of(own));
        assertThat(scene.call().operation(other)).isPresent();
    }

    private static Status status(Scene scene, CallCommand command) {
        return ((Reply.OperationAccepted) scene.accepted(command)).status();
    }

    private static String play(Scene scene) {
        return accepted(scene).operationId();
    }

    private static Reply.OperationAccepted accepted(Scene scene) {
        Decision decision = scene.wants(Samples.play(scene.connection()));
        return (Reply.OperationAccepted) ((Decision.Accepted) decision).reply();
    }
}
