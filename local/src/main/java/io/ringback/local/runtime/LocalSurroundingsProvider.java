package io.ringback.local.runtime;

import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.environment.SurroundingsProvider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each function its own surroundings. A function asks in its constructor, so what it gets is bound to the thread
 * that builds it: several stacks can live in one process.
 */
public final class LocalSurroundingsProvider implements SurroundingsProvider {
    private static final ThreadLocal<@Nullable LocalSurroundings> BUILDING = new ThreadLocal<>();

    @Override
    public Surroundings of(Class<?> function) {
        LocalSurroundings surroundings = BUILDING.get();
        if (surroundings == null) {
            throw new IllegalStateException(function.getSimpleName() + " is not being built by a local stack");
        }
        return surroundings;
    }

    static <T> T building(LocalSurroundings surroundings, Supplier<T> construction) {
        BUILDING.set(surroundings);
        try {
            return construction.get();
        } finally {
            BUILDING.remove();
        }
    }
}
