package io.ringback.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What is logged between its making and its closing, as it would reach the log of a deployment. */
final class CapturedLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    CapturedLog() {
        System.setErr(new PrintStream(lines, true, UTF_8));
    }

    String text() {
        return lines.toString(UTF_8);
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
