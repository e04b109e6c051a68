package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The endpoint that every test of a trunk's calls takes. When all have run, nothing of any call may be left in it. */
final class TrunkEndpoint implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == SipStack.class;
    }

    @Override
    public SipStack resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(TrunkEndpoint.class))
                .computeIfAbsent(Running.class, first -> Running.start(), Running.class)
                .stack();
    }

    /** Waiting for the last timers takes seconds, so that it is done once for all classes. */
    private record Running(SipStack stack) implements AutoCloseable {
        static Running start() {
            try {
                return new Running(FromTrunk.start(FromTrunk.JOURNAL));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try (stack) {
                Awaitility.await("gauges at 0")
                        .untilAsserted(() -> assertThat(stack.gauges())
                                .containsEntry("dialogs", 0L)
                                .containsEntry("invites", 0L)
                                .containsEntry("timers", 0L));
                assertThat(FromTrunk.JOURNAL.open()).isEmpty();
            }
        }
    }
}
