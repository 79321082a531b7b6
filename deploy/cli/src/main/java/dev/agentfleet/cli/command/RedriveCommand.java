package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.FleetRedrivePlan;
import dev.agentfleet.cli.client.LetterRedrive;
import dev.agentfleet.cli.client.RedrivePlan;
import dev.agentfleet.cli.view.RedriveText;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "redrive",
        description = {
            "Does tasks of finished runs again, as the next revision of each; earlier outcomes stay readable. Of one RUN,",
            "or without it of all runs that matching dead letters name."
        })
public final class RedriveCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "The run's id. Without it: all runs that dead letters name.")
    private @Nullable String run;

    @Mixin
    private final RedriveFilterOption filter = new RedriveFilterOption();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = SinceConverter.class,
            description =
                    "Without RUN: dead letters put aside since then: a time back from now such as 2h, or an instant."
                            + " Default 1d.")
    private @Nullable String since;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Without RUN: goes on where an earlier call ended.")
    private @Nullable String cursor;

    @Option(
            names = "--revision",
            paramLabel = "N",
            description =
                    "With RUN: the revision to open, as a dry run says it; then the same command given again opens no"
                            + " other.")
    private @Nullable Integer revision;

    @Option(names = "--rate", paramLabel = "N", description = "Most tasks taken up in a second, of all runs together.")
    private @Nullable Integer rate;

    @Option(
            names = "--max",
            paramLabel = "N",
            description =
                    "Most tasks taken up in all: in task order, and run by run in the order of their oldest dead letter.")
    private @Nullable Integer max;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        if (run == null) {
            requireChoice();
            var request = new LetterRedrive(filter.value(), since, cursor, rate, max, dryRun);
            FleetRedrivePlan plan = server.api().redrive(request);
            if (json) {
                Answers.json(terminal, plan);
            } else {
                RedriveText.lines(plan, dryRun).forEach(terminal::line);
            }
        } else {
            refuse("--since", since);
            refuse("--cursor", cursor);
            var id = new RunId(run);
            var request = new RedriveTasks(id, revision, filter.value(), rate, max);
            RedrivePlan plan = server.api().redrive(id, request, dryRun);
            if (json) {
                Answers.json(terminal, plan);
            } else {
                RedriveText.lines(plan, dryRun).forEach(terminal::line);
            }
        }
        return ExitCode.SUCCEEDED;
    }

    private void requireChoice() {
        if (revision != null) {
            throw refused("--revision: '" + revision + "' must come with a RUN, whose revision it is");
        }
        if (filter.value() == null && since == null && cursor == null) {
            throw refused("give a RUN, or --filter or --since: everything that lies in the dead letters is seldom meant"
                    + " (--dry-run shows what would be done)");
        }
    }

    private void refuse(String option, @Nullable String value) {
        if (value != null) {
            throw refused(option + ": '" + value + "' must come without a RUN: it chooses dead letters");
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
