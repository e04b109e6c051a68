package io.ringback.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    /** Which ports Linux gives away by itself: the first and the last. */
    private static final Path GIVEN_AWAY = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @Test
    void aPortIsNotGivenTwice() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(given.add(Ports.next())).isTrue();
        }
    }

    @Test
    void aRowBeginsWithAnEvenPort() {
        int odd = Ports.next() | 1;
        int first = Ports.inARow(4);

        assertThat(first).isEven().isGreaterThan(odd - 1);
        assertThat(Ports.next()).isEqualTo(first + 4);
    }

    @Test
    void aPortThatIsTakenForEitherProtocolIsPassedOver() throws IOException {
        int before = Ports.next();
        try (DatagramSocket udp = new DatagramSocket(before + 1);
                ServerSocket tcp = new ServerSocket(before + 2)) {
            assertThat(udp.isBound() && tcp.isBound()).isTrue();
            assertThat(Ports.next()).isEqualTo(before + 3);
        }
    }

    @Test
    void theSystemGivesNoneOfThemAway() throws IOException {
        assumeThat(GIVEN_AWAY).exists();
        try (Scanner range = new Scanner(GIVEN_AWAY, StandardCharsets.US_ASCII)) {
            assertThat(Ports.inARow(100) + 99).isLessThan(range.nextInt());
        }
    }

    @Test
    void anotherProcessHasOthers() throws Exception {
        int ours = Ports.next();
        Process other = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String theirs = new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();

        assertThat(other.waitFor()).isZero();
        assertThat(Integer.parseInt(theirs) / 1000).isNotEqualTo(ours / 1000);
    }

    /** Tells one port. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            System.out.println(Ports.next());
        }
    }
}
