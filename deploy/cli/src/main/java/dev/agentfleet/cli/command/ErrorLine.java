package dev.agentfleet.cli.command;

import dev.agentfleet.cli.agents.InvalidAgentJarException;
import dev.agentfleet.cli.client.InvalidTokenException;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.local.LocalFleetException;
import dev.agentfleet.cli.submit.InvalidInputException;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.submission.InvalidLineException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What went wrong as a line for people and an exit code for scripts. */
public final class ErrorLine implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        return switch (problem) {
            case UnreachableException e -> say(command, e.getMessage(), ExitCode.UNREACHABLE);
            case ProblemException e ->
                say(command, e.getMessage(), e.problem().isBadInput() ? ExitCode.USAGE : ExitCode.FAILED);
            case InvalidTokenException e -> say(command, e.getMessage(), ExitCode.USAGE);
            case InvalidInputException e -> say(command, e.getMessage(), ExitCode.USAGE);
            case InvalidLineException e -> say(command, e.getMessage(), ExitCode.USAGE);
            case InvalidFieldException e -> say(command, e.explanation(), ExitCode.USAGE);
            case InvalidAgentJarException e -> say(command, "--agents: " + e.getMessage(), ExitCode.USAGE);
            case LocalFleetException e -> say(command, e.getMessage(), ExitCode.FAILED);
            case NoSuchFileException e -> say(command, "there is no file " + e.getFile(), ExitCode.USAGE);
            case IOException e -> say(command, "cannot read or write: " + e, ExitCode.FAILED);
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> unexpected(command, problem);
        };
    }

    private static int say(CommandLine command, @Nullable String text, int code) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + text);
        command.getErr().flush();
        return code;
    }

    private static int unexpected(CommandLine command, Exception problem) {
        int code = say(command, "this should not have happened: " + problem, ExitCode.FAILED);
        problem.printStackTrace(command.getErr());
        command.getErr().flush();
        return code;
    }
}
