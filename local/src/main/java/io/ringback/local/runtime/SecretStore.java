package io.ringback.local.runtime;

import java.util.Optional;

/** What stands for Secrets Manager. */
@FunctionalInterface
public interface SecretStore {
    /** The current value of the secret with this ARN, if there is one. */
    Optional<String> value(String arn);
}
