package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.testkit.sipp.Sipp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp, a program that is not ours, calls the phones. */
class SippCallerIT {
    private static PhoneNetwork network;

    @TempDir
    private Path logs;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        network = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
    }

    @AfterAll
    static void close() throws IOException {
        if (network != null) {
            network.close();
        }
    }

    private void call(String scenario, String lastDigits, String... options) throws IOException, URISyntaxException {
        Path file = Path.of(SippCallerIT.class.getResource("/sipp/" + scenario).toURI());
        InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), network.port());
        try (Sipp sipp = Sipp.calling(file, logs, "+155501001" + lastDigits, target, options)) {
            sipp.awaitSatisfied(Duration.ofSeconds(30));
        }
    }

    @Test
    void answers() throws Exception {
        call("phone-answers.xml", "00");
    }

    @Test
    void answersOverTcp() throws Exception {
        call("phone-answers.xml", "00", "-t", "t1");
    }

    @Test
    void answersTwentyCallsAtOnce() throws Exception {
        int before = network.calls().size();
        call("phone-answers.xml", "00", "-m", "20", "-r", "20");
        assertThat(network.calls()).hasSize(before + 20);
    }

    @Test
    void refuses() throws Exception {
        call("phone-refuses.xml", "10");
    }

    @Test
    void isCancelled() throws Exception {
        call("phone-is-cancelled.xml", "11");
    }

    @Test
    void offersAndIsRefreshed() throws Exception {
        call("phone-offers.xml", "00");
    }

    @Test
    void hangsUp() throws Exception {
        call("phone-hangs-up.xml", "03");
    }
}
