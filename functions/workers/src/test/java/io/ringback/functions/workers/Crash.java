package io.ringback.functions.workers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/**
 * The death of a process at a chosen point. There is one before and one after everything that it does outside; the
 * point that was chosen throws, the others let pass.
 */
final class Crash {
    private final Supplier<? extends Throwable> end;
    private int left;

    /** @param at the point that dies, from 0; beyond the last one nothing does */
    Crash(int at) {
        this(at, Death::new);
    }

    private Crash(int at, Supplier<? extends Throwable> end) {
        this.left = at;
        this.end = end;
    }

    /** A point at which something outside fails, which the process survives. */
    static Crash survived(int at) {
        return survived(at, "a port fails");
    }

    /** @param message of the failure */
    static Crash survived(int at, String message) {
        return new Crash(at, () -> new IllegalStateException(message));
    }

    /** This port, with a point before and after each of its steps. */
    <P> P around(Class<P> port, P real) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, step, arguments) -> {
                    point();
                    Object result = take(real, step, arguments);
                    point();
                    return result;
                }));
    }

    private static Object take(Object real, Method step, Object[] arguments) throws Throwable {
        try {
            return step.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized void point() throws Throwable {
        if (left-- == 0) {
            throw end.get();
        }
    }

    /** Whether the chosen point was passed. */
    synchronized boolean happened() {
        return left < 0;
    }

    /** Nothing in the process outlives it, so it is no exception that somebody might handle. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
