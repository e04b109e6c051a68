package io.ringback.gateway.recording;

import io.ringback.core.call.Recording.Format;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Where the files of recordings in the making lie; every name begins with the recording's id. */
final class RecordingFolder {
    private static final String METADATA = ".json";

    private final Path folder;

    RecordingFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Bytes that the disk still takes. */
    long usableBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    Path metadata(String recordingId) {
        return folder.resolve(recordingId + METADATA);
    }

    /** The mix as it grows, or what was composed of the spools. */
    Path wav(String recordingId) {
        return folder.resolve(recordingId + ".wav");
    }

    /** What is stored in the end. */
    Path finished(String recordingId, Format format) {
        return format == Format.WAV ? wav(recordingId) : folder.resolve(recordingId + ".mp3");
    }

    /** A file that takes its name when it is whole. */
    Path part(Path whole) {
        return whole.resolveSibling(whole.getFileName() + ".part");
    }

    /** The sound of one participant's stay. */
    Path spool(String recordingId, int channel) {
        return folder.resolve(recordingId + "." + channel + ".raw");
    }

    /** The sound of what was played to all. */
    Path applicationSpool(String recordingId) {
        return folder.resolve(recordingId + ".application.raw");
    }

    /** Notes that the store has the recording, so that its files here are needed for nothing but to be told of. */
    void markStored(String recordingId) throws IOException {
        Path mark = storedMark(recordingId);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
        }
    }

    boolean isStored(String recordingId) {
        return Files.exists(storedMark(recordingId));
    }

    private Path storedMark(String recordingId) {
        return folder.resolve(recordingId + ".stored");
    }

    /** Every recording that has metadata here. */
    Set<String> recordingIds() throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + METADATA)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                ids.add(name.substring(0, name.length() - METADATA.length()));
            }
        }
        return ids;
    }

    /** Deletes everything of a recording, the mark last. */
    void delete(String recordingId) throws IOException {
        Path mark = storedMark(recordingId);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, recordingId + ".*")) {
            for (Path file : files) {
                if (!file.equals(mark)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(mark);
    }
}
