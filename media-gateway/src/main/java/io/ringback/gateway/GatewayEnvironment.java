package io.ringback.gateway;

import io.ringback.aws.client.AwsClients;
import io.ringback.aws.environment.Surroundings;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What a gateway process finds around it: its environment variables, Secrets Manager, and the SDK's own defaults for
 * region, credentials and, in {@code AWS_ENDPOINT_URL_*}, endpoints.
 */
final class GatewayEnvironment implements Surroundings {
    private final Map<String, String> variables;

    GatewayEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public String setting(String name) {
        return optionalSetting(name)
                .orElseThrow(() -> new IllegalStateException("The setting " + name + " is not set"));
    }

    @Override
    public Optional<String> optionalSetting(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Read once: a gateway lives long, but a new secret comes with a new life of it. */
    @Override
    public String secret(String settingName) {
        try (SecretsManagerClient client = AwsClients.secretsManager(this)) {
            return client.getSecretValue(get -> get.secretId(setting(settingName)))
                    .secretString();
        }
    }

    @Override
    public String freshSecret(String settingName) {
        return secret(settingName);
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {}
}
