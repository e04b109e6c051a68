package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that cannot start says why, and leaves nothing that looks like one that runs. */
class StartIT {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void chooseTheDataFolder() {
        data = folder.resolve("data");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            StackOptions options = TestStacks.options(data)
                    .with()
                    .httpPort(taken.getLocalPort())
                    .build();

            assertThatThrownBy(() -> LocalStack.start(options).close())
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void theReadyFileOfAStackThatWasKilledIsGoneFromTheNextStartOn() throws IOException {
        Path readyFile = Files.createDirectories(data).resolve(ReadyFile.NAME);
        Files.writeString(readyFile, "{}");
        StackOptions options = TestStacks.options(data)
                .with()
                .template(folder.resolve("none.yaml"))
                .build();

        assertThatThrownBy(() -> LocalStack.start(options).close()).isInstanceOf(IOException.class);

        assertThat(readyFile).doesNotExist();
    }

    @Test
    void aSecondStackOnTheFolderLeavesTheFirstAlone() throws IOException {
        try (DataFolder first = DataFolder.take(data)) {
            Files.writeString(first.readyFile(), "{}");

            assertThatThrownBy(() -> LocalStack.start(TestStacks.options(data)).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another stack is running on " + data);

            assertThat(first.readyFile()).exists();
        }
    }

    @Test
    void nobodyElseLooksIntoADataFolderThatWasMade() throws IOException {
        try (DataFolder made = DataFolder.take(data)) {
            assertThat(made.readyFile().getParent()).isEqualTo(data);
            assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
