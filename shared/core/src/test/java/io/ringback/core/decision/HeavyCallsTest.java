package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Participant;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand;
import io.ringback.core.command.CallCommand.CancelAllMediaOperations;
import io.ringback.core.media.MediaCommand.CancelMedia;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A call that takes no more texts can still be ended, and whatever runs in it. */
class HeavyCallsTest {
    private static final String CONTEXT = "c".repeat(512);

    @Test
    void whatPlaysCanBeCancelledWithAContext() {
        Scene scene = heavy(Scene.established(1, 1));
        scene.accepted(new CancelAllMediaOperations(scene.connection(), CONTEXT));

        assertThat(scene.ordered(CancelMedia.class)).hasSize(1);
        assertThat(Weight.of(scene.call())).isGreaterThan(Limits.WEIGHT);
        assertThat(scene.wants(Samples.play(scene.connection()))).isInstanceOf(Decision.Rejected.class);
    }

    /** Each weighs something, and an item has its bound. */
    @Test
    void cancellationsAreCountedByThemselves() {
        Scene scene = heavy(Scene.established(2, 2));
        for (int i = 0; i < Limits.CANCELS; i++) {
            scene.accepted(new CancelAllMediaOperations(scene.connection(), CONTEXT));
        }

        assertThat(scene.rejected(new CancelAllMediaOperations(scene.connection(), CONTEXT))
                        .message())
                .contains("cancelled 8 times already");
        scene.accepted(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.call().operations()).isEmpty();
    }

    @Test
    void cancellationsTakeNoRoomFromWhatTheyCancel() {
        Scene scene = Scene.established(1, 1);
        scene.accepted(Samples.play(scene.connection()));
        for (int i = 0; i < Limits.CANCELS; i++) {
            scene.accepted(new CancelAllMediaOperations(scene.connection(), null));
        }
        for (int i = 1; i < Limits.OPERATIONS; i++) {
            scene.accepted(Samples.play(scene.connection()));
        }

        assertThat(scene.wants(Samples.play(scene.connection()))).isInstanceOf(Decision.Rejected.class);
    }

    /** Whom it invited keeps the address of its callback then. */
    @Test
    void anApplicationThatInvitedManyCanHangUp() {
        Scene scene = Scene.established(2, 2);
        Connection attached = scene.call()
                .connections()
                .get(0)
                .withCallback(
                        new Callback(URI.create("https://app.example.com/" + "x".repeat(1000)), "2021-06-15-preview"));
        scene.become(scene.call().withConnections(List.of(attached)));
        scene.accepted(Samples.invite(scene.connection(), null, "4:+15555550101", "4:+15555550102"));
        heavy(scene);
        long before = Weight.of(scene.call());
        scene.accepted(new CallCommand.HangUp(scene.connection()));

        assertThat(scene.call().state().isOpen()).isTrue();
        assertThat(scene.call().participants().stream()
                        .map(Participant::invitation)
                        .flatMap(Stream::ofNullable)
                        .map(Participant.Invitation::callback))
                .containsExactly(attached.callback(), attached.callback());
        assertThat(Weight.of(scene.call())).isLessThanOrEqualTo(before);
    }

    @Test
    void partiesRecordingsAndHoldsCanBeEnded() {
        Scene scene = Scene.established(3, 3);
        Reply.RecordingStarted recording = (Reply.RecordingStarted) scene.accepted(
                new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.WAV));
        PromptSource music = new PromptSource.File(URI.create("https://app.example.com/music.wav"), null);
        scene.accepted(new CallCommand.HoldParticipant(scene.connection(), scene.leg(0), music));
        heavy(scene);

        scene.accepted(new CallCommand.UnholdParticipant(scene.connection(), scene.leg(0)));
        scene.accepted(new CallCommand.StopRecording(recording.recordingId()));
        scene.accepted(new CallCommand.RemoveParticipant(scene.connection(), scene.leg(1)));
        scene.accepted(new CallCommand.Terminate(scene.connection()));
    }

    /** Something plays, and the call weighs as much as it may. */
    private static Scene heavy(Scene scene) {
        scene.accepted(Samples.play(scene.connection()));
        String start = "https://events.example.com/";
        long room = Limits.WEIGHT - Weight.of(scene.call()) - start.length();
        Callback longest = new Callback(URI.create(start + "x".repeat(Math.toIntExact(room))), "2021-06-15-preview");
        scene.become(scene.call().withSubscribers(List.of(new Subscriber("subscription", longest, Set.of()))));
        return scene;
    }
}
