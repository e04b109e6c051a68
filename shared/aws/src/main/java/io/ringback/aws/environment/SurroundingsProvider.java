package io.ringback.aws.environment;

import java.util.ServiceLoader;

/** Chooses the surroundings of each function; found by {@link ServiceLoader}, else the process environment. */
public interface SurroundingsProvider {
    Surroundings of(Class<?> function);

    /** The provider on the class path, or the one for the cloud. */
    static SurroundingsProvider current() {
        return ServiceLoader.load(SurroundingsProvider.class).findFirst().orElseGet(() -> ProcessSurroundings::of);
    }
}
