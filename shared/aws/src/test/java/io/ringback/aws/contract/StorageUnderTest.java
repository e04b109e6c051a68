package io.ringback.aws.contract;

import java.time.InstantSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Which implementation the contracts of a class are held to. Register it in the class, and nest one subclass of each
 * contract in it.
 */
public final class StorageUnderTest implements ParameterResolver {
    private final Opening opening;

    /** @param opening makes an empty storage each time */
    public StorageUnderTest(Opening opening) {
        this.opening = opening;
    }

    Storage open(InstantSource clock) throws Exception {
        return opening.open(clock);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == StorageUnderTest.class;
    }

    @Override
    public StorageUnderTest resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return this;
    }

    /** Makes an empty storage that tells the time by this clock. */
    @FunctionalInterface
    public interface Opening {
        Storage open(InstantSource clock) throws Exception;
    }
}
