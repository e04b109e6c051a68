package io.ringback.local.command;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new RingbackCommand())
                .setParameterExceptionHandler(RingbackCommand::reject)
                .setExecutionExceptionHandler(RingbackCommand::report);
    }

    /** What is wrong, and where to read on: the whole of the options would only hide it. */
    private static int reject(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ringback: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** One line for people; the stack trace only where it was asked for. */
    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        command.getErr().println("ringback: " + message(failure));
        if (Boolean.getBoolean("ringback.trace")) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Of some exceptions the message is a file's name alone, and others have none. */
    private static String message(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file or folder " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
