package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.journal.Journal;
import io.ringback.wire.gateway.CommandEnvelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the next life of a gateway makes of what the one before left behind. */
class NextLifeIT extends OnePhone {
    /** The disk as a crash leaves it: a copy taken while the first life still runs. */
    @Test
    void theNextLifeEndsGhostsReportsThemAndSavesTheRecording() throws Exception {
        connect();
        put(new SetRecording("recording-1", Wanted.RECORDING, Channels.MIXED, Format.WAV, soon()));
        await(RecordingChanged.class);
        Voice talking = talk();
        Path wav = folder.resolve("data/recordings/recording-1.wav");
        Awaitility.await().until(() -> Files.size(wav) > 16_000);
        int reported = world.reports().size();
        Disk.copy(folder.resolve("data"), folder.resolve("photograph"));
        talking.close();
        World after = new World();
        try (LiveGateway next = gateway("photograph", after)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> after.event(RecordingFile.class).isPresent()
                            && phone.requests().contains("BYE"));
            assertThat(next.life().epoch()).isNotEqualTo(gateway.life().epoch());
            assertThat(after.reports()).extracting(MediaReport::gateway).containsOnly(gateway.life());
            List<MediaReport> fresh = after.reports().stream()
                    .filter(report -> report.number() > reported)
                    .toList();
            assertThat(fresh)
                    .extracting(report -> report.event().getClass().getSimpleName())
                    .containsExactlyInAnyOrder("LegEnded", "RecordingChanged", "RecordingFile");
            assertThat(after.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.GATEWAY_LOST);
            RecordingFile file = after.event(RecordingFile.class).orElseThrow();
            assertThat(file.available()).as(file.message()).isTrue();
            assertThat(file.durationMs()).isGreaterThanOrEqualTo(900);
            assertThat(after.recordings.size(String.valueOf(file.contentKey()))).contains(file.sizeBytes());
        }
        World third = new World();
        gateway("photograph", third).close();
        assertThat(third.reports())
                .as("what a third life has new to report")
                .noneMatch(report -> report.number() > reported + 3);
    }

    /** What a life leaves that is killed when it has taken a dial into its journal and has sent nothing yet. */
    @Test
    void aDialThatTheLifeBeforeTookIsNeverSentByTheNext() throws Exception {
        Path left = folder.resolve("left");
        GatewayRef before = new GatewayRef(LiveGateway.ID, "01J00000000000000000000001");
        try (Journal journal = Journal.open(left.resolve("journal"))) {
            journal.order(CALL, before, 1, "p1", null);
        }
        World after = new World();
        gateway.close();
        gateway = gateway("left", after);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> after.event(LegEnded.class).isPresent());

        assertThat(after.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(after.reports()).extracting(MediaReport::gateway).containsOnly(before);
        CommandEnvelope again = new CommandEnvelope(CALL, before, 1, dial());
        assertThat(gateway.send(again).statusCode()).isEqualTo(409);
        // A call of its own shows that the phone could have been reached by then.
        CommandEnvelope other = new CommandEnvelope("call-000000000000002", gateway.life(), 1, dial("p2"));
        assertThat(gateway.send(other).statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> after.event(LegConnected.class).isPresent());
        assertThat(phone.requests().stream().filter("INVITE"::equals)).hasSize(1);
    }

    @Test
    void aFencedGatewayHangsUpAndTakesANewEpoch() throws Exception {
        connect();
        GatewayRef life = gateway.life();
        world.fence(life);
        Awaitility.await()
                .atMost(Duration.ofSeconds(12))
                .until(() -> world.event(LegEnded.class).isPresent());
        assertThat(world.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.GATEWAY_LOST);
        Awaitility.await().until(() -> phone.requests().contains("BYE"));
        assertThat(gateway.life()).isNotEqualTo(life);
        assertThat(gateway.send(new CommandEnvelope(CALL, life, 99, dial())).statusCode())
                .isEqualTo(409);
    }
}
