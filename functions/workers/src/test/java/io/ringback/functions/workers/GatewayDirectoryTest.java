package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.PlainEncoder;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayDirectoryTest {
    private final FakeClock clock = FakeClock.atNoon();
    private final MemoryStorage storage = new MemoryStorage(new PlainEncoder(), clock);
    private final GatewayDirectory directory = new GatewayDirectory(storage.gateways(), clock);

    @Test
    void aRowIsReadAtMostEveryFiveSeconds() {
        announce(FakeGateway.LIFE, 1);
        assertThat(port(FakeGateway.LIFE)).contains(1);

        announce(FakeGateway.LIFE, 2);
        clock.advance(Duration.ofMillis(4999));
        assertThat(port(FakeGateway.LIFE)).contains(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(port(FakeGateway.LIFE)).contains(2);
    }

    @Test
    void aRowThatShowsAnotherLifeThanTheOneAskedForIsReadAnew() {
        announce(FakeGateway.LIFE, 1);
        directory.find(FakeGateway.LIFE);
        announce(FakeGateway.NEXT_LIFE, 2);

        assertThat(port(FakeGateway.NEXT_LIFE)).contains(2);
        assertThat(port(FakeGateway.LIFE)).as("where it stands now").contains(2);
    }

    @Test
    void whoNeverAnnouncedItselfIsNotThereAndLookedForAgain() {
        assertThat(directory.find(FakeGateway.LIFE)).isEmpty();
        announce(FakeGateway.LIFE, 1);

        assertThat(port(FakeGateway.LIFE)).contains(1);
    }

    @Test
    void aLifeIsOverWhenItWasFencedOrALaterOneBegan() {
        assertThat(GatewayDirectory.isOver(FakeGateway.LIFE, row(FakeGateway.LIFE, 1, false)))
                .isFalse();
        assertThat(GatewayDirectory.isOver(FakeGateway.LIFE, row(FakeGateway.LIFE, 1, true)))
                .isTrue();
        assertThat(GatewayDirectory.isOver(FakeGateway.LIFE, row(FakeGateway.NEXT_LIFE, 1, false)))
                .isTrue();
        assertThat(GatewayDirectory.isOver(FakeGateway.NEXT_LIFE, row(FakeGateway.LIFE, 1, true)))
                .as("a row that lags behind")
                .isFalse();
    }

    private void announce(GatewayRef life, int port) {
        assertThat(storage.gateways().heartbeat(row(life, port, false))).isTrue();
    }

    private Gateway row(GatewayRef life, int port, boolean fenced) {
        return new Gateway(life, URI.create("http://127.0.0.1:" + port), 0, 1, false, fenced, clock.instant());
    }

    private Optional<Integer> port(GatewayRef life) {
        return directory.find(life).map(gateway -> gateway.control().getPort());
    }
}
