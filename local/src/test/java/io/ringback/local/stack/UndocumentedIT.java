package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs after all other tests: every answer and every event that any of them saw is as the OpenAPI document says. */
class UndocumentedIT {
    @Test
    void whateverWentOverTheWireIsAsDocumented() throws IOException {
        List<String> lines = Files.readAllLines(WireRecord.FILE);

        assertThat(lines).filteredOn(line -> line.startsWith(WireRecord.WRONG)).isEmpty();
        assertThat(lines).filteredOn(line -> line.equals("event")).isNotEmpty();
        assertThat(lines).filteredOn(line -> line.startsWith("POST ")).isNotEmpty();
        // The next run starts with a clean record.
        Files.delete(WireRecord.FILE);
    }
}
