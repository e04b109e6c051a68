package io.ringback.local.phones;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The phones as a process of their own, as a test uses them that kills the stack. */
class PhonesMainIT {
    private static ProcessBuilder phones(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PhonesMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    @Test
    void tellsItsPortAndWritesWhatThePhonesSee(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.jsonl");
        Process process =
                phones("--trace", trace.toString(), "--line", "loss=1%").start();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            String ready = output.readLine();
            assertThat(ready).matches("phones ready at sip:127\\.0\\.0\\.1:\\d+");
            int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
            try (RawCaller caller = new RawCaller(port, "+15550100100", "leg-1")) {
                caller.connect();
                caller.send("BYE", "", "");
                caller.await(200);
            }
            await().untilAsserted(() -> assertThat(events(trace))
                    .containsExactly("INVITED", "RINGING", "ANSWERED", "CONFIRMED", "BYE_RECEIVED"));
        } finally {
            process.destroy();
        }
        await().until(() -> !process.isAlive());
    }

    private static List<String> events(Path trace) throws IOException {
        List<String> events = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.path("phone").asText()).isEqualTo("+15550100100");
            assertThat(event.path("leg").asText()).isEqualTo("leg-1");
            assertThat(event.path("epochMs").asLong()).isPositive();
            events.add(event.path("event").asText());
        }
        return events;
    }

    @Test
    void saysWhatIsWrongWithALineProfile() throws IOException {
        Process process = phones("--line", "loss=lots").start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        await().until(() -> !process.isAlive());
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output).contains("line profile, \"loss=lots\": expected a number followed by %");
    }
}
