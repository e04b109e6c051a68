package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.PlayEnded;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Logs are read by more people than calls: at INFO and above they hold no whole phone number. */
@Isolated("it reads the log of the whole process")
class LoggedNumbersIT {
    private static final String CALL = "call-000000000000001";
    private static final String CALLED = "+12065550101";
    private static final String UNKNOWN = "+12065550177";

    @TempDir
    Path folder;

    @Test
    void callsThatSucceedAndFailLogNoWholeNumber() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (RawPhone phone = new RawPhone(true);
                LiveGateway gateway = new LiveGateway(folder, new World(), Map.of(CALLED, phone), phone)) {
            gateway.put(CALL, dial("p1", CALLED));
            gateway.await(LegConnected.class, leg -> leg.participantId().equals("p1"));
            gateway.put(CALL, dial("p2", UNKNOWN));
            gateway.await(LegEnded.class, leg -> leg.participantId().equals("p2"));
            gateway.put(
                    CALL,
                    new Play(
                            "op",
                            null,
                            new PromptSource.Text("call " + CALLED, "no-such-voice"),
                            false,
                            Set.of(),
                            soon()));
            gateway.await(PlayEnded.class, play -> true);
            URI music = URI.create("http://127.0.0.1:9/music.wav?for=" + CALLED);
            gateway.put(
                    CALL,
                    new SetLeg("p1", false, true, new PromptSource.File(music, null), SetLeg.Sounding.PLAIN, soon()));
            Awaitility.await().until(() -> log.toString(StandardCharsets.UTF_8).contains("hears silence"));
            phone.call(UNKNOWN, gateway.sipPort());
            Awaitility.await().until(() -> phone.answers().stream().anyMatch(answer -> answer.startsWith("404")));
            gateway.put(CALL, new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
            gateway.await(LegEnded.class, leg -> leg.participantId().equals("p1"));
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .as("what was logged")
                .contains("a call that came in is refused with 404")
                .doesNotContainPattern("\\+?1?2065550[0-9]{3}");
    }

    private static DialLeg dial(String participantId, String number) {
        return new DialLeg(participantId, Identifier.ofPhoneNumber(number), null, Duration.ofSeconds(20), null, soon());
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }
}
