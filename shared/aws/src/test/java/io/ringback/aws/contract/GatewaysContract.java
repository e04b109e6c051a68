package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.PinnedCall;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@code Gateways}; a subclass says which implementation is held to it. */
public abstract class GatewaysContract extends StorageContract {
    private static final GatewayRef FIRST_LIFE = new GatewayRef("gw-1", "01JEPOCH0000000000000000A1");
    private static final GatewayRef SECOND_LIFE = new GatewayRef("gw-1", "01JEPOCH0000000000000000B2");
    private static final GatewayRef OTHER = new GatewayRef("gw-10", "01JEPOCH0000000000000000A1");

    @Test
    void aGatewayIsFoundAsItLastReported() {
        assertThat(storage.gateways().find("gw-1")).isEmpty();
        storage.gateways().heartbeat(gateway(FIRST_LIFE));
        clock.advance(Duration.ofSeconds(5));
        Gateway last =
                new Gateway(FIRST_LIFE, URI.create("http://10.0.0.2:8090"), 7, 200, true, false, clock.instant());
        assertThat(storage.gateways().heartbeat(last)).isTrue();
        storage.gateways().heartbeat(gateway(OTHER));

        assertThat(storage.gateways().find("gw-1")).contains(last);
        assertThat(storage.gateways().all()).containsExactly(last, gateway(OTHER));
    }

    @Test
    void aSilentGatewayIsFencedAndToldSo() {
        storage.gateways().heartbeat(gateway(FIRST_LIFE));
        Gateway seen = found();
        clock.advance(Duration.ofMinutes(2));

        assertThat(storage.gateways().fence(seen, clock.instant())).isTrue();
        assertThat(found().fenced()).isTrue();
        assertThat(storage.gateways().heartbeat(gateway(FIRST_LIFE))).isFalse();
        assertThat(found().fenced()).isTrue();
    }

    @Test
    void fencingTwiceIsFencing() {
        storage.gateways().heartbeat(gateway(FIRST_LIFE));
        Gateway seen = found();
        storage.gateways().fence(seen, clock.instant());

        assertThat(storage.gateways().fence(seen, clock.instant())).isTrue();
    }

    @Test
    void aGatewayThatReportedMeanwhileIsNotFenced() {
        storage.gateways().heartbeat(gateway(FIRST_LIFE));
        Gateway seen = found();
        clock.advance(Duration.ofSeconds(5));
        storage.gateways().heartbeat(gateway(FIRST_LIFE));

        assertThat(storage.gateways().fence(seen, clock.instant())).isFalse();
        assertThat(found().fenced()).isFalse();
    }

    @Test
    void aNewLifeTakesOverAndTheOldOneIsRefused() {
        storage.gateways().heartbeat(gateway(FIRST_LIFE));
        Gateway seen = found();
        storage.gateways().fence(seen, clock.instant());

        assertThat(storage.gateways().heartbeat(gateway(SECOND_LIFE))).isTrue();
        assertThat(found().ref()).isEqualTo(SECOND_LIFE);
        assertThat(found().fenced()).isFalse();
        assertThat(storage.gateways().heartbeat(gateway(FIRST_LIFE))).isFalse();
        assertThat(storage.gateways().fence(seen, clock.instant())).isFalse();
        assertThat(found().fenced()).isFalse();
    }

    @Test
    void openCallsAreThoseOfTheirGatewayAndLife() {
        create("call0000000000000001", FIRST_LIFE);
        create("call0000000000000002", FIRST_LIFE);
        create("call0000000000000003", SECOND_LIFE);
        create("call0000000000000004", OTHER);

        assertThat(storage.gateways().openCalls(FIRST_LIFE))
                .containsExactlyInAnyOrder(
                        new PinnedCall("call0000000000000001", FIRST_LIFE),
                        new PinnedCall("call0000000000000002", FIRST_LIFE));
        assertThat(storage.gateways().openCalls(SECOND_LIFE))
                .containsExactly(new PinnedCall("call0000000000000003", SECOND_LIFE));
        assertThat(storage.gateways().openCallsOfEarlierLives(SECOND_LIFE))
                .containsExactlyInAnyOrder(
                        new PinnedCall("call0000000000000001", FIRST_LIFE),
                        new PinnedCall("call0000000000000002", FIRST_LIFE));
        assertThat(storage.gateways().openCallsOfEarlierLives(FIRST_LIFE)).isEmpty();
    }

    @Test
    void aCallStaysOpenUntilTheFateOfItsRecordingsIsKnown() {
        create("call0000000000000001", FIRST_LIFE);
        ServerCall recorded = CallSamples.on(FIRST_LIFE, CallSamples.rich("call0000000000000001", clock.instant()));
        ServerCall over = CallSamples.inState(recorded, CallState.TERMINATED, clock.instant());
        commit(CallSamples.withVersion(over, 1));
        assertThat(storage.gateways().openCalls(FIRST_LIFE)).hasSize(1);

        ServerCall settled = CallSamples.inState(
                CallSamples.on(FIRST_LIFE, CallSamples.fresh("call0000000000000001", clock.instant())),
                CallState.TERMINATED,
                clock.instant());
        commit(CallSamples.withVersion(settled, 2));
        assertThat(storage.gateways().openCalls(FIRST_LIFE)).isEmpty();
    }

    private void create(String serverCallId, GatewayRef gateway) {
        commit(CallSamples.on(gateway, CallSamples.fresh(serverCallId, clock.instant())));
    }

    private void commit(ServerCall call) {
        assertThat(storage.calls()
                        .commit(new Commit(call, List.of(), CallSamples.causes(clock.instant()), clock.instant())))
                .isEqualTo(CommitResult.STORED);
    }

    private Gateway found() {
        return storage.gateways().find("gw-1").orElseThrow();
    }

    private Gateway gateway(GatewayRef ref) {
        return new Gateway(ref, URI.create("http://10.0.0.1:8090"), 0, 100, false, false, clock.instant());
    }
}
