package io.ringback.local.command;

import io.ringback.local.runtime.UsedPermissions;
import io.ringback.local.stack.StackOptions;
import io.ringback.local.stack.StackOptions.PortRange;
import io.ringback.local.stack.StackOptions.Trunk;
import io.ringback.local.stack.StackOptionsBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options with which a stack is started. */
final class StackArguments {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    @Option(
            names = "--template",
            defaultValue = "${sys:ringback.home:-.}/template.yaml",
            description = "The template to run (${DEFAULT-VALUE}).")
    private Path template = Path.of("template.yaml");

    @Option(names = "--http-port", defaultValue = "8080", description = "Port of the API (${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(names = "--https-port", defaultValue = "8443", description = "Its port with TLS (${DEFAULT-VALUE}).")
    private int httpsPort;

    @Option(names = "--sip-port", defaultValue = "5060", description = "Port of the media gateway (${DEFAULT-VALUE}).")
    private int sipPort;

    @Option(names = "--rtp-ports", defaultValue = "20000-20999", description = "Ports for sound (${DEFAULT-VALUE}).")
    private String rtpPorts = "";

    @Option(
            names = "--data-dir",
            defaultValue = ".ringback",
            description = "Where calls, recordings and keys are kept (${DEFAULT-VALUE}).")
    private Path data = Path.of(".ringback");

    @Option(
            names = "--trunk",
            paramLabel = "sip:HOST[:PORT][;transport=tcp]",
            description = "Where numbers go that are no simulated phones.")
    private @Nullable URI trunk;

    @Option(names = "--trunk-user", description = "User name that the trunk asks for.")
    private @Nullable String trunkUser;

    @Option(names = "--trunk-password-file", description = "File with the password that the trunk asks for.")
    private @Nullable Path trunkPasswordFile;

    @Option(
            names = "--own-numbers",
            split = ",",
            defaultValue = "+15555550199",
            description = "Numbers that may be shown as the caller's (${DEFAULT-VALUE}).")
    private List<String> ownNumbers = List.of();

    @Option(
            names = "--advertise",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address that SIP and SDP show (${DEFAULT-VALUE}).")
    private String advertise = "";

    @Option(
            names = "--line",
            paramLabel = "PROFILE",
            defaultValue = "",
            description = "How bad the simulated phones' line is, e.g. loss=2%%,jitter=30ms.")
    private String line = "";

    @Option(
            names = "--used-permissions",
            paramLabel = "FILE",
            description = "Appends a line for each permission that a function makes use of.")
    private @Nullable Path usedPermissions;

    @Option(names = "--split", description = "Run the media gateway as a process of its own.")
    private boolean split;

    /** @throws TypeConversionException for what picocli could not judge itself */
    StackOptions options() throws IOException {
        StackOptionsBuilder options = StackOptions.onFreePorts(template, data)
                .with()
                .httpPort(httpPort)
                .httpsPort(httpsPort)
                .sipPort(sipPort)
                .rtpPorts(range(rtpPorts))
                .advertise(advertise)
                .trunk(trunk())
                .ownNumbers(ownNumbers)
                .line(line)
                .split(split);
        if (usedPermissions != null) {
            options.used(new UsedPermissions(usedPermissions));
        }
        return options.build();
    }

    private @Nullable Trunk trunk() throws IOException {
        if (trunk == null) {
            return null;
        }
        String password = trunkPasswordFile == null
                ? null
                : Files.readString(trunkPasswordFile).strip();
        return new Trunk(trunk, trunkUser, password);
    }

    private static PortRange range(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new TypeConversionException("--rtp-ports is FIRST-LAST, e.g. 20000-20999, not " + text);
        }
        return new PortRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    }
}
