package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sip.FailedLogins;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reaches the control API of a whole gateway. */
class ControlApiIT {
    @TempDir
    Path folder;

    @Test
    void wrongTokensAreCountedAndSoonSentAwayAndTheRightOneStaysGood() throws Exception {
        try (RawPhone phone = new RawPhone(true);
                LiveGateway gateway = new LiveGateway(folder, new World(), Map.of(), phone)) {
            for (int i = 0; i < FailedLogins.MOST; i++) {
                assertThat(gateway.get("/health", "wrong").statusCode()).isEqualTo(401);
            }
            HttpResponse<String> sentAway = gateway.get("/calls/some", "wrong");
            assertThat(sentAway.statusCode()).isEqualTo(429);
            assertThat(sentAway.headers().firstValue("Retry-After")).contains("60");
            assertThat(sentAway.headers().firstValue("Connection")).contains("close");

            HttpResponse<String> served = gateway.get("/gauges", LiveGateway.TOKEN);
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.body()).contains("\"wrongTokens\":11", "\"refusedTokens\":1,");
        }
    }
}
