package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.gateway.call.Calls.Acceptance;
import io.ringback.gateway.journal.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway took an order and died before it could say so; whoever gave it gives it again. */
class UnansweredOrderTest {
    private static final GatewayRef NEXT = new GatewayRef(CallScene.LIFE.gatewayId(), "01J00000000000000000000002");

    @TempDir
    Path folder;

    @Test
    void itIsNotCarriedOutAgainAndItsLegIsToldOfOnce() throws Exception {
        try (CallScene first = new CallScene(folder)) {
            assertThat(first.order(1, first.dialOrder("p1"))).isEqualTo(Acceptance.ACCEPTED);
        }
        LegEnded lost = CallScene.neverDialled("p1", EndReason.GATEWAY_LOST, "the media gateway was restarted");
        try (CallScene second = new CallScene(folder)) {
            second.journal.debts().forEach(second.calls::settle);
            assertThat(second.order(1, second.dialOrder("p1")))
                    .as("by the number of the order")
                    .isEqualTo(Acceptance.ALREADY_APPLIED);
            second.calls.renew(NEXT);
            assertThat(second.order(1, second.dialOrder("p1")))
                    .as("by the life of the gateway")
                    .isEqualTo(Acceptance.EPOCH_MISMATCH);
            assertThat(second.sip.dialled()).isEmpty();
            assertThat(second.events()).containsExactly(lost);
        }
        try (CallScene third = new CallScene(folder)) {
            assertThat(third.journal.debts())
                    .flatExtracting(Journal.Debt::openLegs)
                    .isEmpty();
            third.journal.debts().forEach(third.calls::settle);
            assertThat(third.events()).containsExactly(lost);
        }
    }
}
