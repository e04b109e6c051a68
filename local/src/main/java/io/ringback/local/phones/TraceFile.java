package io.ringback.local.phones;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phones' events as JSON lines, for judges in another process: {@code {"at", "epochMs", "phone", "leg", "event",
 * "detail"}}, each line written out at once.
 */
final class TraceFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TraceFile.class);

    private final ObjectMapper json = new ObjectMapper();
    private final @Nullable BufferedWriter writer;

    private TraceFile(@Nullable BufferedWriter writer) {
        this.writer = writer;
    }

    /** Writes to this file, behind what is there; null writes nowhere. */
    static TraceFile open(@Nullable Path path) throws IOException {
        return new TraceFile(
                path == null
                        ? null
                        : Files.newBufferedWriter(
                                path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    synchronized void write(String phone, String legId, PhoneEvent event) {
        if (writer == null) {
            return;
        }
        ObjectNode line = json.createObjectNode()
                .put("at", event.at().toString())
                .put("epochMs", event.at().toEpochMilli())
                .put("phone", phone)
                .put("leg", legId)
                .put("event", event.kind().name())
                .put("detail", event.detail());
        try {
            writer.write(json.writeValueAsString(line));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            LOG.warn("The phones' trace could not be written", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
