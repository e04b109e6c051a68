package io.ringback.local.command;

import io.ringback.local.demo.ApiClient;
import io.ringback.local.demo.PreparedCall;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.ReadyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback invoke}: one function, one event; on the stack that runs on the data folder, else on a fresh one. */
@Command(
        name = "invoke",
        description = {
            "Invokes one function with one event and prints what API Gateway would get.",
            "RINGBACK_ACCESS_KEY, CALL_CONNECTION_ID, SERVER_CALL_ID, PARTICIPANT_ID, RECORDING_ID, DEAD_LETTER_ID,"
                    + " SUBSCRIPTION_ID and IDENTITY_ID in the event are replaced; for the ids a call to a simulated phone is"
                    + " placed, or a subscription or user made, first."
        },
        mixinStandardHelpOptions = true)
final class InvokeCommand implements Callable<Integer> {
    private static final String ACCESS_KEY = "RINGBACK_ACCESS_KEY";

    @Mixin
    private StackArguments arguments = new StackArguments();

    @Parameters(paramLabel = "FUNCTION", description = "Its name in the template, e.g. CreateCallFunction.")
    private String function = "";

    @Option(
            names = {"-e", "--event"},
            required = true,
            paramLabel = "FILE",
            description = "File with the event, e.g. events/create-call/ok.json.")
    private Path event = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Optional<ReadyFile> running = running();
        if (running.isPresent()) {
            return invoke(new ApiClient(running.get()));
        }
        try (LocalStack stack = LocalStack.start(arguments.options().withFreePorts())) {
            return invoke(new ApiClient(stack.ready()));
        }
    }

    private Optional<ReadyFile> running() throws IOException {
        Path data = arguments.options().data();
        if (!Files.exists(data.resolve(ReadyFile.NAME))) {
            return Optional.empty();
        }
        ReadyFile ready = ReadyFile.read(data);
        return ProcessHandle.of(ready.pid()).filter(ProcessHandle::isAlive).map(process -> ready);
    }

    private int invoke(ApiClient api) throws IOException, InterruptedException {
        String text = Files.readString(event).replace(ACCESS_KEY, api.accessKey());
        ApiClient.Invocation invocation = api.invoke(function, PreparedCall.fill(text, api));
        PrintWriter out = spec.commandLine().getOut();
        out.println(invocation.payload());
        return invocation.failed() ? 1 : 0;
    }
}
