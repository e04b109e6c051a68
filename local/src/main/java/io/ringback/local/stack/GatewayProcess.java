package io.ringback.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media gateway as a process of its own: what the container starts. */
final class GatewayProcess implements GatewayHost {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);
    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final int sipPort;
    private volatile boolean closing;

    private GatewayProcess(Process process, int sipPort) {
        this.process = process;
        this.sipPort = sipPort;
        var unused = process.onExit().thenAccept(this::tell);
    }

    /** Who only looks at the log would else learn of it a minute later, by calls that end. */
    private void tell(Process ended) {
        if (!closing) {
            LOG.warn("The media gateway, process {}, has ended with status {}", ended.pid(), ended.exitValue());
        }
    }

    static GatewayProcess start(Map<String, String> variables, Emulators emulators) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayChild.class.getName()));
        builder.environment().putAll(variables);
        builder.environment().putAll(emulators.variables());
        builder.inheritIO();
        return new GatewayProcess(builder.start(), Integer.parseInt(variables.getOrDefault("RINGBACK_SIP_PORT", "0")));
    }

    @Override
    public int sipPort() {
        return sipPort;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        closing = true;
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
