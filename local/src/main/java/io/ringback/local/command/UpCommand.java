package io.ringback.local.command;

import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.ReadyFile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ringback up}: the stack, until Ctrl-C. */
@Command(name = "up", description = "Starts everything and runs until Ctrl-C.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StackArguments arguments = new StackArguments();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        LocalStack stack = LocalStack.start(arguments.options());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stack.close();
                            stopped.countDown();
                        },
                        "stop"));
        print(stack.ready(), spec.commandLine().getOut());
        stopped.await();
        return 0;
    }

    private static void print(ReadyFile ready, PrintWriter out) {
        out.println("Ringback is up; Ctrl-C ends it.");
        out.println("  API           " + ready.http() + "   " + ready.https());
        out.println("  access key    " + ready.accessKey());
        out.println("  signed with   " + ready.webhookSecret() + "   (callbacks)");
        out.println("  authority     " + ready.caFile());
        out.println("  SIP           " + ready.sip());
        out.println();
        out.println("  curl -H 'Authorization: Bearer " + ready.accessKey() + "' " + ready.http() + "/calls");
        out.flush();
    }
}
