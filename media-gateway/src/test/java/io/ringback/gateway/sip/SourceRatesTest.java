package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.FakeClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceRatesTest {
    private final FakeClock clock = FakeClock.atNoon();
    private final SourceRates rates = new SourceRates(
            new SipSettings.Guards(10, 100, 10, 10, 10, 10, List.of()),
            new TrunkSources(List.of("192.0.2.9:5080"), InetAddress::getAllByName, Runnable::run, clock),
            InetAddress.getLoopbackAddress(),
            clock);

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    private long admitted(String source, int messages) throws UnknownHostException {
        InetAddress address = address(source);
        return IntStream.range(0, messages)
                .filter(message -> rates.admits(address))
                .count();
    }

    @Test
    void anAddressHasItsShareOfASecondAndSavesOneMore() throws Exception {
        assertThat(admitted("192.0.2.1", 50)).isEqualTo(20);
        assertThat(admitted("192.0.2.2", 50)).isEqualTo(20);
        clock.advance(Duration.ofMillis(500));
        assertThat(admitted("192.0.2.1", 50)).isEqualTo(5);
        clock.advance(Duration.ofHours(1));
        assertThat(admitted("192.0.2.1", 50)).isEqualTo(20);
    }

    @Test
    void manyAddressesTogetherGetNoMoreThanAllStrangersMay() throws Exception {
        long all = 0;
        for (int i = 1; i <= 250; i++) {
            all += admitted("198.51.100." + i, 10);
        }
        assertThat(all).isEqualTo(200);
    }

    @Test
    void trunksAndThisMachineAreNotHeldUp() throws Exception {
        assertThat(admitted("192.0.2.9", 500)).isEqualTo(500);
        assertThat(admitted("127.0.0.1", 500)).isEqualTo(500);
        assertThat(rates.isStranger(address("192.0.2.9"))).isFalse();
        assertThat(rates.isStranger(address("192.0.2.1"))).isTrue();
    }

    /** Else whoever can make up addresses makes us remember them all. */
    @Test
    void noMoreAddressesAreRememberedThanTheBound() throws Exception {
        assertThat(admitted("192.0.2.1", 50)).isEqualTo(20);
        for (int i = 0; i < SourceRates.SOURCES; i++) {
            clock.advance(Duration.ofMillis(20));
            assertThat(admitted("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 1))
                    .isEqualTo(1);
        }
        assertThat(rates.remembered()).isEqualTo(SourceRates.SOURCES);
    }
}
