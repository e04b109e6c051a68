package io.ringback.local.template;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The project's own template, read as the local stack does. */
public final class DeploymentTemplate {
    public static final LocalNames NAMES =
            new LocalNames("000000000000", "us-east-1", "ringback", URI.create("http://127.0.0.1:9324"));

    private DeploymentTemplate() {}

    /** The project's folder, wherever the tests are started. */
    public static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("template.yaml"))
                ? folder
                : folder.resolve("..").normalize();
    }

    public static Path file() {
        return home().resolve("template.yaml");
    }

    static Template read() throws IOException {
        return Template.read(file(), Map.of(), NAMES);
    }

    /** The whole of it, as written. */
    static Map<String, Object> document() throws IOException {
        return Properties.asObject(CloudFormationYaml.parse(Files.readString(file())));
    }
}
