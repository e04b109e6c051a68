package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent.ConnectionStateChanged;
import io.ringback.core.event.CallEvent.DtmfReceived;
import io.ringback.core.event.CallEvent.PlayResult;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.TonePressed;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoiningTest {
    private static final Identifier LABEL = new Identifier("8:acs:ringback_desk");

    private final Scene scene = Scene.offered(Samples.peer());

    @Test
    void aRunningCallIsJoinedAsEstablished() {
        establish();
        String id = join(0);
        Connection connection = scene.call().connection(id).orElseThrow();
        assertThat(connection.state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(connection.establishedAt()).isEqualTo(scene.now());
        assertThat(connection.source()).isEqualTo(LABEL);
        assertThat(scene.told(ConnectionStateChanged.class))
                .containsExactly(new ConnectionStateChanged(CallState.ESTABLISHED, null, "joined"));
        assertThat(scene.call().liveLegs()).as("no party of its own").hasSize(2);
    }

    @Test
    void aCallThatRingsOrEndsIsNotJoined() {
        assertRejected(ErrorCode.WRONG_STATE, 0);
        establish();
        join(0);
        scene.wants(new CallCommand.Terminate(scene.connection()));
        assertRejected(ErrorCode.WRONG_STATE, 1);
    }

    @Test
    void whoJoinedOperatesAndHears() {
        establish();
        String id = join(0);
        scene.wants(Samples.play(id));
        scene.happens(new TonePressed("callee", Tone.POUND));
        assertThat(scene.told(DtmfReceived.class)).hasSize(1);
        scene.wants(new CallCommand.HangUp(id));
        assertThat(scene.told(PlayResult.class)).hasSize(1);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void whoJoinedKeepsTheLastPartyAndEndsItsCallByLeaving() {
        establish();
        String id = join(0);
        scene.happens(new LegEnded("caller", EndReason.HUNG_UP_BY_PARTICIPANT, null, "", null));
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        scene.wants(new CallCommand.HangUp(id));
        assertThat(scene.call().state()).isEqualTo(CallState.TERMINATING);
    }

    @Test
    void tenAreAttachedAtATimeAndThoseWhoLeftMakeRoom() {
        establish();
        List<String> joined =
                IntStream.range(0, Limits.CONNECTIONS).mapToObj(this::join).toList();
        assertRejected(ErrorCode.OPERATION_NOT_ALLOWED, 0);
        scene.wants(new CallCommand.HangUp(joined.get(4)));
        String late = join(0);
        assertThat(scene.call().connections()).hasSize(Limits.CONNECTIONS);
        assertThat(scene.call().connection(late)).isPresent();
        assertThat(scene.call().connection(joined.get(4))).isEmpty();
    }

    @Test
    void eachSubscriberHasItsStreamWhenStreamsAreCounted() {
        Scene announced = Scene.offered(
                Samples.peer(),
                IntStream.range(0, 50)
                        .mapToObj(i -> Samples.subscriber("s" + i, Announcement.CALL_ENDED))
                        .toArray(Subscriber[]::new));
        announced.happens(new LegConnected("caller"), new LegConnected("callee"));
        int joined = 0;
        while (announced.wants(command(joined)) instanceof Decision.Accepted accepted) {
            announced.wants(new CallCommand.HangUp(((Reply.Connected) accepted.reply()).callConnectionId()));
            joined++;
        }
        assertThat(joined).isEqualTo(Limits.STREAMS - 50);
        assertThat(announced.wants(command(0))).as("a stream that is there").isInstanceOf(Decision.Accepted.class);
    }

    private void establish() {
        scene.happens(new LegConnected("callee"), new LegConnected("caller"));
    }

    private String join(int application) {
        Decision.Accepted accepted = (Decision.Accepted) scene.wants(command(application));
        return ((Reply.Connected) accepted.reply()).callConnectionId();
    }

    private void assertRejected(ErrorCode code, int application) {
        assertThat(scene.wants(command(application)))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }

    private static CallCommand command(int application) {
        return new CallCommand.JoinCall(
                LABEL,
                new Callback(URI.create("https://app.example/joined/" + application), "2021-06-15-preview"),
                null,
                EnumSet.allOf(RequestedEvent.class),
                "joined");
    }
}
