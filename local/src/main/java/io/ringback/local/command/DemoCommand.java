package io.ringback.local.command;

import io.ringback.local.demo.ApiClient;
import io.ringback.local.demo.CallScript;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.demo.RecordingCheck;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.LineConverter;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.StackOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ringback demo}: a whole call on a stack of its own; fails when anything is not as expected. */
@Command(
        name = "demo",
        description = "Places a reminder call to a simulated phone and leaves its recording as a WAV file.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    /** Answers and presses 1 after the prompt. */
    private static final String PHONE = "+15555550101";

    @Option(
            names = "--template",
            paramLabel = "FILE",
            defaultValue = "${sys:ringback.home:-.}/template.yaml",
            description = "The template to run (${DEFAULT-VALUE}).")
    private Path template = Path.of("template.yaml");

    @Option(
            names = "--line",
            paramLabel = "PROFILE",
            defaultValue = "",
            converter = LineConverter.class,
            description = "How bad the phone's line is, e.g. loss=2%%,jitter=30ms,dtmf=nomarker.")
    private LineProfile line = LineProfile.CLEAN;

    @Option(
            names = "--expect-tone",
            paramLabel = "KEY",
            defaultValue = "1",
            description = "The key that the phone is expected to press (${DEFAULT-VALUE}); it presses 1.")
    private String expectedTone = "1";

    @Option(
            names = "--wav",
            paramLabel = "FILE",
            defaultValue = "ringback-demo.wav",
            description = "Where the recording goes (${DEFAULT-VALUE}).")
    private Path wav = Path.of("ringback-demo.wav");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(wav.toAbsolutePath().resolveSibling("."))) {
            throw new ParameterException(spec.commandLine(), "There is no folder for --wav " + wav);
        }
        long start = System.nanoTime();
        PrintWriter out = spec.commandLine().getOut();
        Path data = Files.createTempDirectory("ringback-demo");
        // The receiver outlives the stack, which tells it of calls that it ends with itself.
        try (CallbackReceiver receiver = CallbackReceiver.start();
                LocalStack stack = LocalStack.start(
                        StackOptions.onFreePorts(template, data).withLine(line))) {
            step(out, start, "stack up at " + stack.ready().https());
            receiver.expectSignatures(stack.ready().webhookSecret());
            CallScript.Outcome outcome = new CallScript(
                            new ApiClient(stack.ready()), receiver, message -> step(out, start, message))
                    .run(PHONE, "tone" + expectedTone);
            List<CallTrace> calls = stack.phones().calls();
            new RecordingCheck(message -> step(out, start, message)).check(outcome, calls.get(calls.size() - 1));
            step(out, start, receiver.events().size() + " callbacks came, each with a signature that fits");
            Files.write(wav, outcome.wav().file());
            step(out, start, "listen to it: " + wav);
        } finally {
            delete(data);
        }
        out.println("The demo worked.");
        return 0;
    }

    private static void step(PrintWriter out, long start, String message) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        out.printf(Locale.ROOT, "%7.2f s  %s%n", seconds, message);
        out.flush();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (var paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
