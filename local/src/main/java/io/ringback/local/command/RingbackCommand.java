package io.ringback.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ringback}: the entry point. */
@Command(
        name = "ringback",
        description = "Call automation that you host yourself, on this machine.",
        mixinStandardHelpOptions = true,
        version = "ringback 0.1.0",
        subcommands = {UpCommand.class, DemoCommand.class, InvokeCommand.class})
public final class RingbackCommand {
    private RingbackCommand() {}

    /** Exits with 0, 1 when the command failed, 2 when it was not understood. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && !arguments[0].equals("up")) {
            // What a command says is for people; the log is for up.
            System.setProperty("org.slf4j.simpleLogger.log.io.ringback", "warn");
        }
        int status = new CommandLine(new RingbackCommand())
                .setExecutionExceptionHandler(RingbackCommand::report)
                .execute(arguments);
        System.exit(status);
    }

    /** One line for people; the stack trace only where it was asked for. */
    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        command.getErr().println("ringback: " + failure.getMessage());
        if (Boolean.getBoolean("ringback.trace")) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
