package io.ringback.functions.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** The log, as it goes to the standard error. */
final class Logged {
    private Logged() {}

    /** What is logged meanwhile. */
    static String by(Runnable step) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            step.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(UTF_8);
    }
}
