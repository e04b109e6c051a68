package io.ringback.local.stack;

import io.ringback.aws.environment.Surroundings;
import io.ringback.gateway.GatewayMain;
import io.ringback.gateway.MediaGateway;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** The media gateway inside this process. */
final class GatewayInside implements GatewayHost {
    private final MediaGateway gateway;

    private GatewayInside(MediaGateway gateway) {
        this.gateway = gateway;
    }

    static GatewayInside start(Map<String, String> variables, Emulators emulators) throws IOException {
        return new GatewayInside(GatewayMain.start(new Inside(variables, emulators)));
    }

    @Override
    public int sipPort() {
        return gateway.sipAddress().getPort();
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public void close() {
        gateway.close();
    }

    /** What the gateway finds around it when it has no process of its own. */
    private record Inside(Map<String, String> variables, Emulators emulators) implements Surroundings {
        @Override
        public String setting(String name) {
            return optionalSetting(name)
                    .orElseThrow(() -> new IllegalStateException("The gateway has no setting " + name));
        }

        @Override
        public Optional<String> optionalSetting(String name) {
            return Optional.ofNullable(variables.get(name));
        }

        @Override
        public String secret(String settingName) {
            throw new IllegalStateException("The local gateway is given its secrets themselves, not " + settingName);
        }

        @Override
        public void configure(AwsClientBuilder<?, ?> builder) {
            emulators.configure(builder);
        }
    }
}
