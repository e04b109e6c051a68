package io.ringback.core.port;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The store of finished recordings: a folder locally, S3 in the cloud. */
public interface RecordingFiles {
    /** Key of what is known of a recording besides its sound: a JSON file that is stored beside it and goes with it. */
    static String metadataKey(String recordingId) {
        return recordingId + ".json";
    }

    /** Stores a finished file under this key, replacing one that is there; the local file stays. */
    void store(String key, Path file, String contentType) throws IOException;

    /** Size in bytes, if the file is there. */
    Optional<Long> size(String key) throws IOException;

    /** Reads {@code length} bytes from {@code offset}; both lie within the file. */
    byte[] read(String key, long offset, int length) throws IOException;

    void delete(String key) throws IOException;

    /**
     * An address from which anybody may read the whole file for this long, if the store gives out such; a folder does
     * not.
     */
    default Optional<URI> temporaryLink(String key, Duration validity) {
        return Optional.empty();
    }
}
