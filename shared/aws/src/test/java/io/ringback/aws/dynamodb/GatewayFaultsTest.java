package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Gateways.Gateway;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Whatever answer got lost, a gateway's places are counted once and its fence holds. */
class GatewayFaultsTest extends FaultyStorage {
    @Test
    void aFenceWhoseAnswerGotLostHolds() {
        Gateway gateway =
                new Gateway(CallSamples.GATEWAY, URI.create("http://10.0.0.1"), 0, 1, false, false, clock.instant());
        faulty.gateways().heartbeat(gateway);
        faults.loseAnswers(UpdateItemRequest.class, 1);

        assertThat(faulty.gateways().fence(gateway, clock.instant())).isTrue();
        assertThat(faulty.gateways().heartbeat(gateway)).isFalse();
    }

    @Test
    void placesAreTakenOnceWhenTheAnswerGotLost() {
        sound.gateways().heartbeat(CallSamples.gateway(1, clock.instant()));
        faults.loseAnswers(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.calls().commit(dial(fresh()))).isEqualTo(CommitResult.STORED);
        assertThat(freeLegs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TransactionConflict", "ThrottlingError"})
    void whereOnlyThePlacesAreFoughtForTheSameIsCommittedAgain(String reason) {
        sound.gateways().heartbeat(CallSamples.gateway(1, clock.instant()));
        faults.cancel(TransactWriteItemsRequest.class, "None", "None", "None", reason);

        assertThat(faulty.calls().commit(dial(fresh()))).isEqualTo(CommitResult.CROWDED);
        assertThat(freeLegs()).isEqualTo(1);
        assertThat(faulty.calls().commit(dial(fresh()))).isEqualTo(CommitResult.STORED);
    }

    @Test
    void whoeverWasFasterCountsMoreThanThatTheGatewayIsFull() {
        ServerCall loaded = created();
        assertThat(sound.calls().commit(commit(loaded))).isEqualTo(CommitResult.STORED);
        sound.gateways().heartbeat(CallSamples.gateway(0, clock.instant()));

        assertThat(sound.calls().commit(dial(loaded))).isEqualTo(CommitResult.OVERTAKEN);
    }

    @Test
    void aHeartbeatGetsThroughBetweenReservations() {
        faults.conflict(UpdateItemRequest.class, 5);

        assertThat(faulty.gateways().heartbeat(CallSamples.gateway(1, clock.instant())))
                .isTrue();
    }

    @Test
    void aFirstHeartbeatWhoseAnswerGotLostForgetsNoReservation() {
        // A later heartbeat is tried first, and there is none before it; the life begins, unheard.
        faults.meanwhile(UpdateItemRequest.class, () -> {}).loseAnswers(UpdateItemRequest.class, 1);
        faulty.gateways().heartbeat(CallSamples.gateway(2, clock.instant()));
        assertThat(sound.calls().commit(dial(fresh()))).isEqualTo(CommitResult.STORED);
        faulty.gateways().heartbeat(CallSamples.gateway(2, clock.instant()));

        assertThat(freeLegs()).isEqualTo(1);
    }

    /** Somebody is dialled. */
    private Commit dial(ServerCall call) {
        List<Effect> dials = List.of(CallSamples.command(1, clock.instant()));
        return CallSamples.commit(call, dials, clock.instant());
    }

    private int freeLegs() {
        return sound.gateways()
                .find(CallSamples.GATEWAY.gatewayId())
                .orElseThrow()
                .legs()
                .free();
    }
}
