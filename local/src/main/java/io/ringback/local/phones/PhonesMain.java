package io.ringback.local.phones;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The simulated phones as a process of their own, so that they outlive a gateway that is killed. Prints
 * {@code phones ready at sip:HOST:PORT} when they can be called, and runs until it is ended.
 */
@Command(
        name = "phones",
        mixinStandardHelpOptions = true,
        description = "The simulated phone network as a process of its own.")
public final class PhonesMain implements Callable<Integer> {
    @Option(names = "--bind", defaultValue = "127.0.0.1", description = "Address for SIP and RTP.")
    private InetAddress bind = InetAddress.getLoopbackAddress();

    @Option(names = "--port", defaultValue = "0", description = "SIP port, UDP and TCP; 0 takes a free one.")
    private int port;

    @Option(
            names = "--line",
            defaultValue = "",
            converter = LineConverter.class,
            description = "For instance loss=2%%,jitter=30ms,drift=200ppm,nat")
    private LineProfile line = LineProfile.CLEAN;

    @Option(names = "--seed", defaultValue = "1", description = "Of losses and delays.")
    private long seed;

    @Option(names = "--trace", description = "File that gets a JSON line for each event.")
    private @Nullable Path trace;

    private PhonesMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PhonesMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (PhoneNetwork network = PhoneNetwork.start(new PhoneNetwork.Settings(bind, port, line, seed, trace))) {
            System.out.println("phones ready at sip:" + bind.getHostAddress() + ":" + network.port());
            new CountDownLatch(1).await();
            return 0;
        }
    }
}
