package io.ringback.aws.environment;

import java.time.InstantSource;
import java.util.Optional;
import org.crac.Resource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * What a function finds around it: its settings, its secrets, its clock, and how its SDK clients are configured. In the
 * cloud that is the process environment, Secrets Manager, the system's clock and the SDK's defaults; the local stack
 * provides its own by the service loader, a different one for each function, resolved from {@code template.yaml}.
 */
public interface Surroundings {
    /** The setting's value, or an exception that names it and the function: a constructor lets it pass. */
    String setting(String name);

    /** The setting's value, if it is set and not empty. */
    Optional<String> optionalSetting(String name);

    /**
     * The current value of the secret that a setting names.
     *
     * @param settingName the setting that holds the secret's ARN
     */
    String secret(String settingName);

    /**
     * The same, read anew unless it was read just now: for a value that was refused, because it may have been rotated.
     */
    default String freshSecret(String settingName) {
        return secret(settingName);
    }

    /** What time it is here. */
    default InstantSource clock() {
        return InstantSource.system();
    }

    /**
     * Has this told before a snapshot of the process is taken, and after it was restored (SnapStart). Where there are no
     * snapshots it is never told.
     */
    default void onSnapshot(Resource resource) {}

    /**
     * Credentials, endpoint, region and interceptors of an SDK client that is being built. The override configuration
     * that the builder has already (time-outs, retries) is to be extended, not replaced.
     */
    void configure(AwsClientBuilder<?, ?> builder);

    /** The surroundings of this function class. */
    static Surroundings of(Class<?> function) {
        return SurroundingsProvider.current().of(function);
    }
}
