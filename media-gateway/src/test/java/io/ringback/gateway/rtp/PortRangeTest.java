package io.ringback.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.testkit.network.Ports;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PortRangeTest {
    @Test
    void dealsEvenPortsInTurnAndNeverOneThatIsTaken() throws IOException {
        int base = Ports.inARow(6);
        PortRange range = new PortRange(base, base + 5);
        assertThat(range.pairs()).isEqualTo(3);
        try (SocketPair first = range.open().orElseThrow();
                SocketPair third = thirdOf(range, base)) {
            assertThat(first.port()).isEqualTo(base).isEven();
            assertThat(third.port()).isEqualTo(base + 4);
            try (SocketPair again = range.open().orElseThrow()) {
                assertThat(again.port()).isEqualTo(base + 2);
                assertThat(range.open()).isEmpty();
            }
        }
    }

    @Test
    void passesOverAPairThatSomebodyElseUses() throws IOException {
        int base = Ports.inARow(4);
        PortRange range = new PortRange(base, base + 3);
        try (DatagramSocket rtcpInUse = new DatagramSocket(new InetSocketAddress(base + 1));
                SocketPair pair = range.open().orElseThrow()) {
            assertThat(rtcpInUse.isBound()).isTrue();
            assertThat(pair.port()).isEqualTo(base + 2);
        }
    }

    @Test
    void refusesARangeWithoutAPair() {
        assertThatThrownBy(() -> new PortRange(20_001, 20_002)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(80, 200)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Opens the second pair, gives it back, and opens the third. */
    private static SocketPair thirdOf(PortRange range, int base) throws IOException {
        try (SocketPair second = range.open().orElseThrow()) {
            assertThat(second.port()).isEqualTo(base + 2);
            return range.open().orElseThrow();
        }
    }
}
