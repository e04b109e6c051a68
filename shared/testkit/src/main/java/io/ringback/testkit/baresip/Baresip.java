package io.ringback.testkit.baresip;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A running baresip: a user who answers every call at once, says what its settings tell, and writes what it hears to a
 * WAV file. Steered by commands as JSON netstrings over TCP.
 */
public final class Baresip implements AutoCloseable {
    /** Its number, where it has no account. */
    public static final String NUMBER = "+15555550150";

    private static final Duration START = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Process process;
    private final Path folder;
    private final int sipPort;
    private final Socket control;
    private final List<String> messages = new ArrayList<>();

    private Baresip(Process process, Path folder, int sipPort, Socket control) {
        this.process = process;
        this.folder = folder;
        this.sipPort = sipPort;
        this.control = control;
        Thread reader = new Thread(this::read, "baresip-control");
        reader.setDaemon(true);
        reader.start();
    }

    /** True if the program is on the path. */
    public static boolean installed() {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "baresip")));
    }

    /**
     * Starts it and waits until it takes commands.
     *
     * @param folder an empty folder for its configuration, log and dumps
     */
    public static Baresip start(Path folder, BaresipSettings settings) throws IOException {
        BaresipPorts ports = BaresipPorts.take();
        settings.write(folder, ports);
        Process process = new ProcessBuilder("baresip", "-f", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            return new Baresip(process, folder, ports.sip(), connect(process, ports.control(), folder));
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Socket connect(Process process, int port, Path folder) {
        @Nullable Socket[] connected = {null};
        Awaitility.await("baresip takes commands").atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("baresip ended\n" + Files.readString(folder.resolve("log")));
            }
            connected[0] = attempt(port).orElse(null);
            return connected[0] != null;
        });
        return Objects.requireNonNull(connected[0]);
    }

    private static Optional<Socket> attempt(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return Optional.of(socket);
        } catch (ConnectException e) {
            socket.close();
            return Optional.empty();
        }
    }

    /** Where it is called. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), sipPort);
    }

    /** Calls this SIP URI. */
    public void dial(String uri) throws IOException {
        command("dial", uri);
    }

    /** Ends its call. */
    public void hangUp() throws IOException {
        command("hangup", "");
    }

    /** Presses a key of its phone in the running call. */
    public void press(char key) throws IOException {
        command("sndcode", String.valueOf(key));
    }

    private void command(String command, String parameters) throws IOException {
        String json = "{\"command\":\"%s\",\"params\":\"%s\",\"token\":\"ringback\"}".formatted(command, parameters);
        OutputStream output = control.getOutputStream();
        output.write(Netstrings.encode(json));
        output.flush();
    }

    private void read() {
        try {
            for (Optional<String> message = Netstrings.read(control.getInputStream());
                    message.isPresent();
                    message = Netstrings.read(control.getInputStream())) {
                synchronized (messages) {
                    messages.add(message.get());
                }
            }
        } catch (IOException e) {
            synchronized (messages) {
                messages.add("the control connection ended: " + e);
            }
        }
    }

    /** What it told so far: events and answers to commands, as JSON texts in order. */
    public List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** Waits for an event of this type, e.g. {@code CALL_ESTABLISHED} or {@code CALL_CLOSED}. */
    public void awaitEvent(String type) {
        awaitEvents(type, 1);
    }

    /** Waits until so many events of this type have come. */
    public void awaitEvents(String type, int count) {
        Awaitility.await(type)
                .atMost(PATIENCE)
                .until(() -> messages().stream()
                                .filter(message -> message.contains("\"type\":\"" + type + "\""))
                                .count()
                        >= count);
    }

    /** Waits until its registrar took it; its log tells, since it may have happened before anybody listened. */
    public void awaitRegistered() {
        Awaitility.await("registered")
                .atMost(PATIENCE)
                .until(() -> Files.readString(folder.resolve("log")).contains("1 binding"));
    }

    /**
     * What it decoded in its call, as a mono WAV of 16 bits: packet after packet, so that content can be judged but
     * neither stalls nor drift. Whole only after the call was closed.
     */
    public Path decodedWav() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-dec.wav"))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new AssertionError("baresip has decoded nothing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
        process.destroy();
        Awaitility.await("baresip ends").atMost(PATIENCE).until(() -> !process.isAlive());
    }
}
