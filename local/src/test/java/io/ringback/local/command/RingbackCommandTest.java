package io.ringback.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What somebody reads who asked for what cannot be: what was wrong and what would have been right, and no stack trace. */
class RingbackCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up --http-port 99999               | --http-port | 1 to 65535
            up --https-port x                  | --https-port | 1 to 65535
            up --sip-port -1                   | --sip-port | 1 to 65535
            up --rtp-ports 5                   | --rtp-ports | FIRST-LAST
            up --rtp-ports 20010-20000         | --rtp-ports | FIRST-LAST
            up --rtp-ports 20000-99999         | --rtp-ports | FIRST-LAST
            up --trunk pbx.example.com         | --trunk | sip:HOST[:PORT][;transport=tcp]
            up --own-numbers 5555550199        | --own-numbers | +15555550199
            up --line foo=1                    | --line | loss, jitter, drift, dtmf, nat
            demo --line loss=90%               | --line | 0% to 50%
            demo --wav no-such-folder/demo.wav | --wav | no-such-folder
            up --port 8080                     | --port | --help
            upp                                | 'upp' | ringback up
            invoke                             | FUNCTION | ringback invoke --help
            """)
    void whatCannotBeIsRefusedBeforeAnythingStarts(String line, String wrong, String right) {
        StringWriter err = new StringWriter();

        int exit = execute(err, line.split(" ", -1));

        assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("ringback: ").contains(wrong).contains(right);
        assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aFileThatIsNotThereIsCalledSo() {
        StringWriter err = new StringWriter();

        int exit = execute(
                err,
                "up",
                "--data-dir=" + folder.resolve("data"),
                "--trunk=sip:127.0.0.1",
                "--trunk-password-file=" + folder.resolve("password"));

        assertThat(exit).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().strip())
                .isEqualTo("ringback: there is no file or folder " + folder.resolve("password"));
    }

    private static int execute(StringWriter err, String... arguments) {
        return RingbackCommand.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
