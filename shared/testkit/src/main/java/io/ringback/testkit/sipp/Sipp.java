package io.ringback.testkit.sipp;

import io.ringback.testkit.network.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A SIPp process that plays one scenario, as the called side or the calling one, on a loopback port of its own. Its exit code is SIPp's own
 * judgement: 0 only if every message came as the scenario wants it. Closing it ends the process by its handle.
 */
public final class Sipp implements AutoCloseable {
    /** SIPp gives up by itself after this, so that no process survives a killed test. */
    private static final Duration LIFETIME = Duration.ofSeconds(90);

    private final Process process;
    private final InetSocketAddress address;
    private final Path messages;
    private final Path errors;

    private Sipp(Process process, InetSocketAddress address, Path messages, Path errors) {
        this.process = process;
        this.address = address;
        this.messages = messages;
        this.errors = errors;
    }

    /** True if the program is on the path. */
    public static boolean installed() {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sipp")));
    }

    /**
     * Starts the called side and waits until its port is open.
     *
     * @param scenario an XML file
     * @param logs an existing folder for its traces
     * @param options further options, e.g. {@code -t t1} for TCP or {@code -m 3} for three calls instead of one
     */
    public static Sipp called(Path scenario, Path logs, String... options) throws IOException {
        Sipp sipp = start(scenario, logs, options);
        boolean tcp = List.of(options).contains("t1");
        Awaitility.await("SIPp listens").atMost(Duration.ofSeconds(10)).until(() -> sipp.listens(tcp));
        return sipp;
    }

    /**
     * Starts the calling side.
     *
     * @param scenario an XML file that begins with a request to {@code sip:[service]@[remote_ip]:[remote_port]}
     * @param logs an existing folder for its traces
     * @param user whom it calls, {@code [service]} of the scenario
     * @param target where
     * @param options further options, as for {@link #called}
     */
    public static Sipp calling(Path scenario, Path logs, String user, InetSocketAddress target, String... options)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-s", user, target.getAddress().getHostAddress() + ":" + target.getPort()));
        return start(scenario, logs, all.toArray(String[]::new));
    }

    private static Sipp start(Path scenario, Path logs, String... options) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = Ports.next();
        String name = scenario.getFileName() + "-" + port;
        Path messages = logs.resolve(name + ".messages");
        Path errors = logs.resolve(name + ".errors");
        List<String> command = new ArrayList<>(List.of(
                "sipp", "-sf", scenario.toString(), "-i", "127.0.0.1", "-p", Integer.toString(port), "-nostdin"));
        command.addAll(List.of("-timeout", LIFETIME.toSeconds() + "s", "-timeout_error", "-nd"));
        command.addAll(List.of("-trace_msg", "-message_file", messages.toString()));
        command.addAll(List.of("-trace_err", "-error_file", errors.toString()));
        if (!List.of(options).contains("-m")) {
            command.addAll(List.of("-m", "1"));
        }
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(name + ".screen").toFile())
                .start();
        return new Sipp(process, new InetSocketAddress(loopback, port), messages, errors);
    }

    /** Where it is reached. */
    public InetSocketAddress address() {
        return address;
    }

    /** Waits for its end; fails with its traces unless it is satisfied. */
    public void awaitSatisfied(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("SIPp still waits after " + atMost + "\n" + traces());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("SIPp ended with " + process.exitValue() + "\n" + traces());
        }
    }

    /** All messages that it sent and received so far, as text. */
    public String messages() {
        return text(messages);
    }

    /** All that it wrote: its complaints, then its messages. */
    public String traces() {
        return text(errors) + "\n" + text(messages);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean listens(boolean tcp) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("SIPp does not start, exit code " + process.exitValue() + "\n" + traces());
        }
        try {
            (tcp ? new ServerSocket(address.getPort(), 1, address.getAddress()) : new DatagramSocket(address)).close();
            return false;
        } catch (BindException taken) {
            return true;
        }
    }
}
