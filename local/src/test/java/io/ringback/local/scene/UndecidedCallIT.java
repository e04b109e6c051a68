package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.testkit.sipp.Sipp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * SIPp calls a number about whose calls an application decides, which does not: a minute passes (telephony §5). Other
 * tests run meanwhile.
 */
@Execution(CONCURRENT)
class UndecidedCallIT {
    private static final String NUMBER = "+493012345604";
    private static final Duration RINGING = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void theCallerIsRefusedAndNothingCanBeDecidedAnyMore() throws Exception {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        try (Switchboard switchboard = new Switchboard(folder, List.of(NUMBER))) {
            Caller caller = switchboard.callsAndIsRefused(480, NUMBER);
            JsonNode incoming = switchboard.incoming(NUMBER);

            caller.awaitSatisfied(RINGING.plusSeconds(10));

            assertThat(switchboard.endReason(incoming)).isEqualTo("noAnswer");
            Map<String, String> context = Map.of(
                    "incomingCallContext", incoming.path("incomingCallContext").asText());
            assertThat(switchboard
                            .api()
                            .refused("RejectCall", 400, Map.of(), context)
                            .path("code")
                            .asText())
                    .isEqualTo("8501");
        }
    }
}
