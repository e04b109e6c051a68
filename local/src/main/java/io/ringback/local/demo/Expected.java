package io.ringback.local.demo;

import java.util.function.Supplier;

/** Thrown when something did not come as it should; its message says what was expected and what came. */
public final class Expected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Expected(String message) {
        super(message);
    }

    static void that(boolean holds, Supplier<String> expectation, Supplier<String> found) {
        if (!holds) {
            throw new Expected("expected: " + expectation.get() + "; found: " + found.get());
        }
    }

    static Expected notFound(String expectation, String found) {
        return new Expected("expected: " + expectation + "; found: " + found);
    }
}
