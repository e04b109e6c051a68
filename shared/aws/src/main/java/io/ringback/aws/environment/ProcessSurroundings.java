package io.ringback.aws.environment;

import io.ringback.aws.client.AwsClients;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The surroundings in the cloud. */
final class ProcessSurroundings implements Surroundings {
    /** The platform refers to them weakly, and those who registered them may have forgotten them. */
    private static final Set<Resource> TOLD_OF_SNAPSHOTS = ConcurrentHashMap.newKeySet();

    private final Class<?> function;
    private final Secrets secrets = new Secrets(this::readSecret, InstantSource.system());
    private @Nullable SecretsManagerClient secretsManager;

    private ProcessSurroundings(Class<?> function) {
        this.function = function;
    }

    /** The surroundings of this function, whose secrets are read again after a restore. */
    static ProcessSurroundings of(Class<?> function) {
        ProcessSurroundings surroundings = new ProcessSurroundings(function);
        surroundings.onSnapshot(surroundings.secrets);
        return surroundings;
    }

    @Override
    public String setting(String name) {
        return optionalSetting(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The setting " + name + " of " + function.getSimpleName() + " is not set"));
    }

    @Override
    public Optional<String> optionalSetting(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
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
    public void onSnapshot(Resource resource) {
        TOLD_OF_SNAPSHOTS.add(resource);
        Core.getGlobalContext().register(resource);
    }

    /**
     * Nothing: region and credentials come from where the SDK looks by itself. Its whole chain is needed, for a function
     * started from a snapshot gets its credentials from the container's endpoint and the gateway's from its instance.
     */
    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {}

    private String readSecret(String arn) {
        return client().getSecretValue(get -> get.secretId(arn)).secretString();
    }

    /** Built at the first secret: most functions have none. */
    private synchronized SecretsManagerClient client() {
        if (secretsManager == null) {
            secretsManager = AwsClients.secretsManager(this);
        }
        return secretsManager;
    }
}
