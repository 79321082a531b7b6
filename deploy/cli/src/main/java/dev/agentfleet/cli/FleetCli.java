package dev.agentfleet.cli;

import dev.agentfleet.cli.command.BenchCommand;
import dev.agentfleet.cli.command.CancelCommand;
import dev.agentfleet.cli.command.ChaosCommand;
import dev.agentfleet.cli.command.DeadLettersCommand;
import dev.agentfleet.cli.command.DemoCommand;
import dev.agentfleet.cli.command.ErrorLine;
import dev.agentfleet.cli.command.QuotasCommand;
import dev.agentfleet.cli.command.RedriveCommand;
import dev.agentfleet.cli.command.ResultsCommand;
import dev.agentfleet.cli.command.RunsCommand;
import dev.agentfleet.cli.command.ShowCommand;
import dev.agentfleet.cli.command.SubmitCommand;
import dev.agentfleet.cli.command.UpCommand;
import dev.agentfleet.cli.command.WatchCommand;
import dev.agentfleet.cli.command.WorkersCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "fleet",
        description = "Runs AI-agent work as a Kafka-driven fleet of workers.",
        version = "Agent Fleet 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            SubmitCommand.class,
            WatchCommand.class,
            ShowCommand.class,
            ResultsCommand.class,
            RunsCommand.class,
            CancelCommand.class,
            RedriveCommand.class,
            DeadLettersCommand.class,
            WorkersCommand.class,
            QuotasCommand.class,
            BenchCommand.class,
            ChaosCommand.class
        },
        footer = {
            "",
            "The launcher itself knows two more: `test` builds everything and runs every test, `images` builds the",
            "container images.",
            "Start with ./fleet demo, then ./fleet up.",
            "An orchestrator that asks for a bearer token gets that of the variable FLEET_TOKEN, or of the file that",
            "FLEET_TOKEN_FILE names.",
            "Exit codes: 0 succeeded, 1 failed, 2 usage, 3 unreachable, 130 interrupted."
        })
public final class FleetCli implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    private boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine();
        int code = commandLine.execute(arguments);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        System.exit(code);
    }

    /** The whole command line, writing UTF-8 whatever the locale: results are JSON. */
    static CommandLine commandLine() {
        return new CommandLine(new FleetCli())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err))
                .setParameterExceptionHandler(FleetCli::misused)
                .setExecutionExceptionHandler(new ErrorLine());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    private static int misused(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + problem.getMessage() + " (see ./" + name + " --help)");
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        var out = new BufferedOutputStream(new FileOutputStream(descriptor));
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), false);
    }
}
