package io.ringback.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.ringback.local.http.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a running stack tells other programs.
 *
 * @param http base address of the API, e.g. {@code http://127.0.0.1:8080}
 * @param https the same with TLS
 * @param sip where the media gateway listens, e.g. {@code sip:127.0.0.1:5060}
 * @param connectionString for clients that take one
 * @param accessKey base64; also a bearer token
 * @param webhookSecret with which callbacks are signed, {@code whsec_<base64>}
 * @param caFile certificate of the authority that clients of {@code https} have to trust, PEM
 * @param pid of this process
 * @param gatewayPid of the process that the media gateway runs in
 */
public record ReadyFile(
        String http,
        String https,
        String sip,
        String connectionString,
        String accessKey,
        String webhookSecret,
        String caFile,
        long pid,
        long gatewayPid) {
    public static final String NAME = "ready.json";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Reads the file of the stack that runs on this data folder. */
    public static ReadyFile read(Path dataFolder) throws IOException {
        return MAPPER.readValue(dataFolder.resolve(NAME).toFile(), ReadyFile.class);
    }

    /** Writes the whole file at once: who sees it, sees all of it. */
    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(NAME + ".unfinished");
        Files.writeString(unfinished, "");
        OwnerOnly.protect(unfinished);
        MAPPER.writeValue(unfinished.toFile(), this);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
