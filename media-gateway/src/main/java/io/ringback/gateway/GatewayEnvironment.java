package io.ringback.gateway;

import io.ringback.aws.client.AwsClients;
import io.ringback.aws.environment.Secrets;
import io.ringback.aws.environment.Surroundings;
import java.time.InstantSource;
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
    private final Secrets secrets = new Secrets(this::read, InstantSource.system());

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

    @Override
    public String secret(String settingName) {
        return secrets.current(setting(settingName));
    }

    @Override
    public String freshSecret(String settingName) {
        return secrets.fresh(setting(settingName));
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {}

    private String read(String arn) {
        try (SecretsManagerClient client = AwsClients.secretsManager(this)) {
            return client.getSecretValue(get -> get.secretId(arn)).secretString();
        }
    }
}
