package dev.agentfleet.cli.command;

import dev.agentfleet.cli.view.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of a list is shown. */
final class LimitOption {
    @Option(names = "--limit", paramLabel = "N", description = "Most entries to list. Default 100.")
    private int limit = 100;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    int value() {
        if (limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit: '" + limit + "' must be at least 1");
        }
        return limit;
    }

    void tellOfMore(boolean more, Terminal terminal) {
        if (more) {
            terminal.note("… there may be more; see --limit");
        }
    }
}
