package io.ringback.local.command;

import io.ringback.local.phones.LineConverter;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.runtime.UsedPermissions;
import io.ringback.local.stack.StackOptions;
import io.ringback.local.stack.StackOptions.PortRange;
import io.ringback.local.stack.StackOptions.Trunk;
import io.ringback.local.stack.StackOptionsBuilder;
import io.ringback.local.stack.TrunkConverter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options with which a stack is started. */
final class StackArguments {
    @Option(
            names = "--template",
            paramLabel = "FILE",
            defaultValue = "${sys:ringback.home:-.}/template.yaml",
            description = "The template to run (${DEFAULT-VALUE}).")
    private Path template = Path.of("template.yaml");

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            converter = PortConverter.class,
            description = "Port of the API (${DEFAULT-VALUE}); 0 takes a free one.")
    private int httpPort;

    @Option(
            names = "--https-port",
            paramLabel = "PORT",
            defaultValue = "8443",
            converter = PortConverter.class,
            description = "Its port with TLS (${DEFAULT-VALUE}).")
    private int httpsPort;

    @Option(
            names = "--sip-port",
            paramLabel = "PORT",
            defaultValue = "5060",
            converter = PortConverter.class,
            description = "Port of the media gateway (${DEFAULT-VALUE}).")
    private int sipPort;

    @Option(
            names = "--rtp-ports",
            paramLabel = "FIRST-LAST",
            defaultValue = "20000-20999",
            converter = PortRangeConverter.class,
            description = "Ports for sound (${DEFAULT-VALUE}).")
    private PortRange rtpPorts = new PortRange(20_000, 20_999);

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            defaultValue = ".ringback",
            description = "Where calls, recordings and keys are kept (${DEFAULT-VALUE}).")
    private Path data = Path.of(".ringback");

    @Option(
            names = "--trunk",
            paramLabel = "TRUNK",
            converter = TrunkConverter.class,
            description = "Where numbers go that are no simulated phones: sip:HOST[:PORT][;transport=tcp].")
    private @Nullable URI trunk;

    @Option(names = "--trunk-user", paramLabel = "NAME", description = "User name that the trunk asks for.")
    private @Nullable String trunkUser;

    @Option(
            names = "--trunk-password-file",
            paramLabel = "FILE",
            description = "File with the password that the trunk asks for.")
    private @Nullable Path trunkPasswordFile;

    @Option(
            names = "--own-numbers",
            paramLabel = "NUMBER",
            split = ",",
            converter = PhoneNumberConverter.class,
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
            converter = LineConverter.class,
            description = "How bad the simulated phones' line is, e.g. loss=2%%,jitter=30ms.")
    private LineProfile line = LineProfile.CLEAN;

    @Option(
            names = "--used-permissions",
            paramLabel = "FILE",
            description = "Appends a line for each permission that a function makes use of.")
    private @Nullable Path usedPermissions;

    @Option(names = "--split", description = "Run the media gateway as a process of its own.")
    private boolean split;

    /** @throws IOException when the file with the trunk's password cannot be read */
    StackOptions options() throws IOException {
        StackOptionsBuilder options = StackOptions.onFreePorts(template, data)
                .with()
                .httpPort(httpPort)
                .httpsPort(httpsPort)
                .sipPort(sipPort)
                .rtpPorts(rtpPorts)
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
}
