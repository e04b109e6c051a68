package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent.CancelMediaResult;
import io.ringback.core.event.CallEvent.SendDtmfResult;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent.MediaCancelled;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.TonesSent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToneSendingsTest {
    @Test
    void tonesAreSentToOneAndHaveTheirResult() {
        Scene scene = Scene.established(2, 2);
        String id = scene.begins(Samples.sendDtmf(scene.connection(), scene.leg(1), Tone.TONE1, Tone.POUND));
        assertThat(scene.ordered(MediaCommand.SendTones.class)).singleElement().satisfies(order -> {
            assertThat(order.operationId()).isEqualTo(id);
            assertThat(order.participantId()).isEqualTo(scene.leg(1));
            assertThat(order.tones()).containsExactly(Tone.TONE1, Tone.POUND);
        });
        scene.happens(
                new TonesSent(id, Outcome.COMPLETED, 0, "sent"), new TonesSent(id, Outcome.COMPLETED, 0, "again"));
        assertThat(scene.told(SendDtmfResult.class)).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.COMPLETED);
            assertThat(result.operationContext()).isEqualTo("tones-context");
        });
    }

    @Test
    void oneTo32TonesAreSentToSomebodyConnected() {
        Scene scene = Scene.established(2, 1);
        Tone[] tooMany = new Tone[33];
        Arrays.fill(tooMany, Tone.TONE1);
        String connection = scene.connection();
        assertThat(scene.rejected(Samples.sendDtmf(connection, scene.leg(0))).code())
                .isEqualTo(ErrorCode.MALFORMED);
        assertThat(scene.rejected(Samples.sendDtmf(connection, scene.leg(0), tooMany))
                        .target())
                .isEqualTo("tones");
        assertThat(scene.rejected(Samples.sendDtmf(connection, scene.leg(1), Tone.TONE1))
                        .code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(scene.rejected(Samples.sendDtmf(connection, "nobody", Tone.TONE1))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        scene.accepted(Samples.sendDtmf(connection, scene.leg(0), Arrays.copyOf(tooMany, 32)));
    }

    @Test
    void cancelAllEndsSendingsToo() {
        Scene scene = Scene.established(1, 1);
        String tones = scene.begins(Samples.sendDtmf(scene.connection(), scene.leg(0), Tone.TONE1));
        String play = scene.begins(Samples.play(scene.connection()));
        String cancel = scene.begins(new CallCommand.CancelAllMediaOperations(scene.connection(), null));
        assertThat(scene.ordered(MediaCommand.CancelMedia.class))
                .extracting(MediaCommand.CancelMedia::canceledOperationIds)
                .containsExactly(List.of(tones, play));
        scene.happens(
                new TonesSent(tones, Outcome.CANCELLED, 0, "cancelled"),
                new PlayEnded(play, Outcome.CANCELLED, null, 0, "cancelled"),
                new MediaCancelled(cancel, List.of(tones, play)));
        assertThat(scene.told(SendDtmfResult.class))
                .singleElement()
                .satisfies(result -> assertThat(result.resultInfo().subcode()).isEqualTo(8508));
        assertThat(scene.call().operations()).isEmpty();
    }

    @Test
    void tonesWhoseCancellationOvertookThemEndAsTheGatewayKnows() {
        Scene scene = Scene.established(1, 1);
        String tones = scene.begins(Samples.sendDtmf(scene.connection(), scene.leg(0), Tone.TONE1));
        String cancel = scene.begins(new CallCommand.CancelAllMediaOperations(scene.connection(), null));
        scene.happens(
                new PlayEnded(tones, Outcome.CANCELLED, null, 0, "cancelled"),
                new PlayEnded(cancel, Outcome.CANCELLED, null, 0, "no play, nor a sending"),
                new MediaCancelled(cancel, List.of(tones)));
        assertThat(scene.told(SendDtmfResult.class))
                .singleElement()
                .satisfies(result -> assertThat(result.resultInfo().subcode()).isEqualTo(8508));
        assertThat(scene.told(CancelMediaResult.class))
                .singleElement()
                .satisfies(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
    }

    @Test
    void droppedTonesHaveFailed() {
        Scene scene = Scene.established(1, 1);
        scene.begins(Samples.sendDtmf(scene.connection(), scene.leg(0), Tone.TONE1));
        MediaCommand order = scene.ordered(MediaCommand.SendTones.class).get(0);
        scene.wants(new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "too late"));
        assertThat(scene.told(SendDtmfResult.class)).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.resultInfo().message()).isEqualTo("too late");
        });
    }
}
