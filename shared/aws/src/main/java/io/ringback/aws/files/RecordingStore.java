package io.ringback.aws.files;

import io.ringback.aws.client.AwsClients;
import io.ringback.aws.environment.Surroundings;
import io.ringback.core.port.RecordingFiles;
import java.net.URI;
import java.nio.file.Path;

/** Opens the store of recordings that a setting names. */
public final class RecordingStore {
    private RecordingStore() {}

    /**
     * Opens the store.
     *
     * @param location {@code file:///folder} or {@code s3://bucket/prefix}
     */
    public static RecordingFiles open(URI location, Surroundings surroundings) {
        String scheme = String.valueOf(location.getScheme());
        return switch (scheme) {
            case "file" -> new FolderRecordingFiles(Path.of(location));
            case "s3" ->
                new S3RecordingFiles(
                        AwsClients.s3(surroundings),
                        location.getAuthority(),
                        location.getPath().replaceAll("^/+|/+$", ""));
            default ->
                throw new IllegalArgumentException("recordings are kept at file: or s3: locations, not at " + location);
        };
    }
}
