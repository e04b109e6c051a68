package io.ringback.aws.emulated;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the emulators of this run to whatever takes an {@link EmulatedAws}: one set for all classes, ended with the run. */
public final class SharedAws implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == EmulatedAws.class;
    }

    @Override
    public EmulatedAws resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(SharedAws.class))
                .computeIfAbsent(EmulatedAws.class, first -> new EmulatedAws(), EmulatedAws.class);
    }
}
