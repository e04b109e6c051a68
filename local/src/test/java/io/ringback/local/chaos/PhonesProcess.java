package io.ringback.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringback.local.phones.PhonesMain;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The simulated phone network as a process of its own: what it keeps of its calls is nothing of the stack's. */
final class PhonesProcess implements Closeable {
    private static final String READY = "phones ready at ";
    private static final long SECONDS_TO_END = 5;

    private final Process process;
    private final BufferedReader output;
    private final URI address;

    /** @param trace gets a line for each event */
    PhonesProcess(Path trace, long seed) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PhonesMain.class.getName(),
                        "--trace=" + trace,
                        "--seed=" + seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(UTF_8);
        String ready = output.readLine();
        if (ready == null || !ready.startsWith(READY)) {
            close();
            throw new IOException("the phones did not start: " + ready);
        }
        address = URI.create(ready.substring(READY.length()));
    }

    /** Where all its phones are reached. */
    URI address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        output.close();
    }
}
