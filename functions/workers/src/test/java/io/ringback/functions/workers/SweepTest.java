package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.decision.Reply;
import io.ringback.core.decision.Target;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private Scene scene;

    @BeforeEach
    void start() throws IOException {
        scene = new Scene();
        scene.pokes.take();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whatIsNotDueIsLeftInPeace() {
        scene.clock.advance(Duration.ofSeconds(30));

        assertThat(swept(scene.storage.outbox())).isEmpty();
    }

    @Test
    void everyStreamThatIsOverdueIsPoked() {
        scene.clock.advance(Duration.ofSeconds(31));

        assertThat(swept(scene.storage.outbox())).containsExactlyInAnyOrder(scene.media(), scene.callbacks());
    }

    @Test
    void thousandsThatNobodyCanReadKeepNobodyElseFromBeingWoken() {
        scene.storage
                .gateways()
                .heartbeat(new Gateway(
                        FakeGateway.LIFE,
                        URI.create("http://localhost"),
                        0,
                        5000,
                        false,
                        false,
                        scene.clock.instant()));
        for (int i = 0; i < 4000; i++) {
            scene.create();
        }
        // Nobody does anything about them, so they stay the longest waiting.
        scene.clock.advance(Duration.ofSeconds(60));
        Reply.CallCreated last = scene.create();
        scene.clock.advance(Duration.ofSeconds(31));
        scene.pokes.take();

        assertThat(swept(scene.storage.outbox()))
                .contains(
                        new StreamRef(last.serverCallId(), Target.MEDIA),
                        new StreamRef(last.serverCallId(), scene.callbacks().target()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatWasDoneIsNotPokedAgain() {
        Outbox outbox = scene.storage.outbox();
        Outbox.Row row = outbox.read(scene.media(), 1).rows().get(0);
        outbox.advance(
                row,
                1,
                List.of(new Outbox.Attempt(1, scene.clock.instant(), Outbox.Attempt.Outcome.DELIVERED, 200, "")),
                scene.clock.instant());
        scene.clock.advance(Duration.ofSeconds(31));

        assertThat(swept(outbox)).containsExactly(scene.callbacks());
    }

    @Test
    void aShardThatCannotBeReadDoesNotStopTheOthers() {
        scene.clock.advance(Duration.ofSeconds(31));
        int found = 0;
        // Each of the 16 shards once: the two streams lie in one or two of them.
        for (int shard = 0; shard < Outbox.DUE_SHARDS; shard++) {
            found += swept(Crash.survived(2 * shard).around(Outbox.class, scene.storage.outbox()))
                    .size();
        }

        assertThat(found).isEqualTo(2 * (Outbox.DUE_SHARDS - 1));
    }

    @Test
    void wheneverItDiesItsNextRoundWakesWhoeverIsLeft() throws IOException {
        int points = Mortality.check((fresh, crash) -> {
            Reply.CallCreated other = fresh.create();
            fresh.pokes.take();
            fresh.clock.advance(Duration.ofSeconds(31));
            Sweep mortal = new Sweep(
                    crash.around(Outbox.class, fresh.storage.outbox()),
                    crash.around(Pokes.class, fresh.pokes),
                    fresh.clock);
            Mortality.untilDone(() -> {
                mortal.run(new Deadline(() -> 30_000));
                return true;
            });
            assertThat(fresh.pokes.take())
                    .contains(fresh.media(), fresh.callbacks(), new StreamRef(other.serverCallId(), Target.MEDIA));
        });

        assertThat(points).as("each shard is read, and those of streams poked").isGreaterThan(2 * Outbox.DUE_SHARDS);
    }

    @Test
    void itStopsBeforeItsTimeIsUp() {
        scene.clock.advance(Duration.ofSeconds(31));
        new Sweep(scene.storage.outbox(), scene.pokes, scene.clock).run(new Deadline(() -> 7999));

        assertThat(scene.pokes.take()).isEmpty();
    }

    private List<StreamRef> swept(Outbox outbox) {
        new Sweep(outbox, scene.pokes, scene.clock).run(new Deadline(() -> 30_000));
        return scene.pokes.take();
    }
}
