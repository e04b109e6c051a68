package io.ringback.aws.environment;

import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** The surroundings in the cloud. */
final class ProcessSurroundings implements Surroundings {
    private final Class<?> function;

    ProcessSurroundings(Class<?> function) {
        this.function = function;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {}
}
