package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.RedrivePlan;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        description = "Does tasks of a finished run again, as its next revision; earlier outcomes stay readable.")
public final class RedriveCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = {
                "Which tasks: status=FAILED, code=EXIT_1 or agent=command; repeated, one of the same key must fit and",
                "every key. Default: those that FAILED or TIMED_OUT."
            })
    private List<String> filters = List.of();

    @Option(names = "--rate", paramLabel = "N", description = "Most tasks taken up in a second.")
    private @Nullable Integer rate;

    @Option(names = "--max", paramLabel = "N", description = "Most tasks taken up in all, in task order.")
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
        var id = new RunId(run);
        RedrivePlan plan = server.api().redrive(id, new RedriveTasks(id, null, filter(), rate, max), dryRun);
        if (json) {
            Answers.json(terminal, plan);
        } else {
            terminal.line("run " + id + ": revision " + plan.revision() + (dryRun ? " would do " : " does ")
                    + Figures.count(plan.tasks(), "task") + " again"
                    + (plan.atLeast() == null ? "" : ", taken up within " + Figures.duration(plan.atLeast())));
            plan.codes().forEach((code, tasks) -> terminal.line("  %-20s %s".formatted(code, Figures.grouped(tasks))));
            terminal.line(dryRun ? "Nothing was done: this was a dry run." : "./fleet watch " + id + " shows its end.");
        }
        return ExitCode.SUCCEEDED;
    }

    private @Nullable RedriveFilter filter() {
        Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
        Set<String> codes = new TreeSet<>();
        Set<String> agents = new TreeSet<>();
        for (String filter : filters) {
            int at = filter.indexOf('=');
            String value = filter.substring(at + 1);
            switch (at < 0 ? "" : filter.substring(0, at)) {
                case "status" -> statuses.add(status(value));
                case "code" -> codes.add(value);
                case "agent" -> agents.add(value);
                default -> throw refused("'" + filter + "' must begin with status=, code= or agent=");
            }
        }
        return filters.isEmpty()
                ? null
                : new RedriveFilter(
                        statuses.isEmpty() ? null : statuses,
                        codes.isEmpty() ? null : codes,
                        agents.isEmpty() ? null : agents);
    }

    private TaskStatus status(String value) {
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> refused("status '" + value + "' must be one of " + List.of(TaskStatus.values())));
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), "--filter: " + why);
    }
}
