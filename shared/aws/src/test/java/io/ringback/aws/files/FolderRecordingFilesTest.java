package io.ringback.aws.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRecordingFilesTest {
    @TempDir
    private Path directory;

    private FolderRecordingFiles files;

    @BeforeEach
    void open() {
        files = new FolderRecordingFiles(directory.resolve("recordings"));
    }

    @Test
    void aStoredFileIsReadByRange() throws IOException {
        files.store("2026/one.wav", file("0123456789"), "audio/wav");

        assertThat(files.size("2026/one.wav")).contains(10L);
        assertThat(files.read("2026/one.wav", 3, 4))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("3456");
        assertThat(files.read("2026/one.wav", 10, 0)).isEmpty();
        assertThatThrownBy(() -> files.read("2026/one.wav", 8, 4)).isInstanceOf(EOFException.class);
    }

    @Test
    void storingAgainReplacesAndLeavesNothingBehind() throws IOException {
        files.store("one.wav", file("first"), "audio/wav");
        files.store("one.wav", file("second!"), "audio/wav");

        assertThat(files.size("one.wav")).contains(7L);
        try (Stream<Path> left = Files.list(directory.resolve("recordings"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString).toList()).isEqualTo(List.of("one.wav"));
        }
    }

    @Test
    void whatIsDeletedIsGoneAndMayBeDeletedAgain() throws IOException {
        files.store("one.wav", file("x"), "audio/wav");
        files.delete("one.wav");
        files.delete("one.wav");

        assertThat(files.size("one.wav")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.wav", "a/../../outside.wav", "/etc/passwd", "", "."})
    void aKeyStaysInTheFolder(String key) {
        assertThatThrownBy(() -> files.size(key)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("source"), content);
    }
}
