package io.ringback.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.testkit.disk.FullChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    @TempDir
    Path folder;

    /** Whatever byte a crash tears the file at, the records before it are found whole and the file goes on from there. */
    @Test
    void survivesATearAtEveryByte() throws IOException {
        Path whole = folder.resolve("whole");
        List<byte[]> records = List.of(new byte[] {1}, new byte[] {2, 3, 4, 5}, new byte[300], new byte[] {0, 0, 0, 1});
        append(whole, records.toArray(new byte[0][]));
        byte[] bytes = Files.readAllBytes(whole);
        int most = 0;
        for (int length = 0; length <= bytes.length; length++) {
            Path torn = folder.resolve("torn-" + length);
            Files.write(torn, Arrays.copyOf(bytes, length));
            List<byte[]> found = append(torn, new byte[] {9});
            assertThat(found)
                    .hasSizeGreaterThanOrEqualTo(most)
                    .containsExactlyElementsOf(records.subList(0, found.size()));
            most = found.size();
            assertThat(append(torn)).hasSize(most + 1).last().isEqualTo(new byte[] {9});
        }
        assertThat(most).isEqualTo(records.size());
    }

    /** What a full disk took of a record must not hide those that follow when there is room again. */
    @Test
    void goesOnWhereAFullDiskCutARecordOff() throws IOException {
        Path path = folder.resolve("file");
        FullChannel disk = new FullChannel(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try (RecordFile file = RecordFile.open(disk, record -> {})) {
            file.append(new byte[] {1});
            disk.leaveRoomFor(20);
            assertThatThrownBy(() -> file.append(new byte[300])).isInstanceOf(IOException.class);
            disk.leaveRoomFor(1000);
            file.append(new byte[] {2});
            file.append(new byte[] {3});
        }

        assertThat(append(path)).containsExactly(new byte[] {1}, new byte[] {2}, new byte[] {3});
    }

    @Test
    void doesNotTrustALengthBeyondAllRecords() throws IOException {
        Path file = folder.resolve("file");
        append(file, new byte[] {1});
        Files.write(file, new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0, 1, 2, 3}, StandardOpenOption.APPEND);
        assertThat(append(file)).hasSize(1);
        assertThat(Files.size(file)).isEqualTo(9);
    }

    /** Opens the file, appends, and tells what was there. */
    private static List<byte[]> append(Path path, byte[]... records) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (RecordFile file = RecordFile.open(path, found::add)) {
            for (byte[] record : records) {
                file.append(record);
            }
        }
        return found;
    }
}
